const TYPES: readonly (readonly [extension: string, type: string])[] = [
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.svg', 'image/svg+xml'],
  ['.mp3', 'audio/mpeg'],
  ['.m4a', 'audio/mp4'],
  ['.aac', 'audio/aac'],
  ['.wav', 'audio/wav'],
  ['.mp4', 'video/mp4'],
  ['.pdf', 'application/pdf'],
  ['.zip', 'application/zip'],
  ['.json', 'application/json'],
  ['.txt', 'text/plain'],
  ['.html', 'text/html'],
  ['.csv', 'text/csv'],
];

/** The media type of a file, by its name. */
export function typeOfName(name: string): string {
  const lower = name.toLowerCase();
  return TYPES.find(([extension]) => lower.endsWith(extension))?.[1] ?? 'application/octet-stream';
}

/** The extension for a media type; none for one that is not known (discoveries/files.md: the server should name it). */
export function extensionOfType(contentType: string | undefined): string {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  return TYPES.find(([, known]) => known === type)?.[0] ?? '';
}
