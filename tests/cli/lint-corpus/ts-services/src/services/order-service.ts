import { BaseService } from '../core/base-service';
class OrderService extends BaseService {
  protected override readonly prefix = '/order';
  list(page: number) { return this.send<{ id: string }[]>({ path: `/list?page=${page}` }); }
}
export const orderService = new OrderService();
