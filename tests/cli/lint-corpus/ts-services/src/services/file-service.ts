import { domains } from '../env';
import type { RequestOptions } from '../core/base-service';
type Uploaded = { url: string };
export class FileService {
  constructor(private readonly base: string = domains.file, private readonly name = 'file') {}
  upload(filePath: string): Promise<Uploaded> {
    return new Promise((resolve, reject) => {
      const task = wx.uploadFile({ url: this.base + '/upload', filePath, name: this.name, success: (res) => resolve(JSON.parse(res.data)), fail: reject });
      task.onProgressUpdate(({ progress }) => console.log(progress));
    });
  }
  download = async (key: string) => {
    const { tempFilePath } = await wx.downloadFile({ url: `${this.base}/get/${key}` } as any) as any;
    return tempFilePath as string;
  };
}
export const avatars = new FileService('https://svc-avatar.example.com', 'avatar');
export const files = new FileService();
