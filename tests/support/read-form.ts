/** Reads a body of `multipart/form-data` with an implementation that is not ours. */
export async function readForm(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<FormData> {
  const response = new Response(body, { headers: { 'content-type': contentType } });
  // Deprecated for servers, which should not hold a whole form in memory.
  return await response.formData();
}
