import { BaseService } from '../core/base-service';
export default class PayService extends BaseService {
  private static instance?: PayService;
  static get shared(): PayService { return (this.instance ??= new PayService()); }
  protected override get baseUrl() { return 'https://svc-pay.example.com'; }
  prepay(id: string) { return this.send({ path: '/prepay', method: 'POST', data: { id } }); }
}
