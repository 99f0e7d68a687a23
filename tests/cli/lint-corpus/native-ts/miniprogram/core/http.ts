import { BaseHttp } from './base-http';
import { Hosts } from './hosts';

class Http extends BaseHttp {
  protected readonly baseUrl = Hosts.Gateway;

  get<T>(url: string, data?: Record<string, unknown>) {
    return this.send<T>({ url, data, method: 'GET' });
  }

  upload(filePath: string) {
    return wx.uploadFile({ url: this.resolve('/files'), filePath, name: 'file' });
  }
}

class AuthHttp extends BaseHttp {
  protected get baseUrl(): string {
    return Hosts.Auth;
  }

  login(code: string) {
    return this.send<{ token: string }>({ url: '/login', data: { code }, method: 'POST' });
  }
}

export const http = new Http();
export const authHttp = new AuthHttp();
