const base: string = import.meta.env.VITE_BASE;

export function request(path: string, done: (data: unknown) => void): void {
  wx.request({ url: base + path, success: ({ data }) => done(data) });
}
request.base = base;
