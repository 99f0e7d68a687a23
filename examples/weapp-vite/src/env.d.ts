/** What Vite puts in from `.env`. */
interface ImportMeta {
  readonly env: { readonly VITE_BASE: string };
}
