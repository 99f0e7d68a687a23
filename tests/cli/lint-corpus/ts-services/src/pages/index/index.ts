import { orderService } from '../../services/order-service';
import PayService from '../../services/pay-service';
import { avatars, files } from '../../services/file-service';
import { im } from '../../services/im-service';
const banner = 'https://svc-banner.example.com/a.webp';
Page({
  data: { banner, terms: 'https://svc-terms.example.com' },
  async onLoad() {
    const list = await orderService.list(1);
    await PayService.shared.prepay(list[0]!.id);
    im.connect();
  },
  async onAvatar() { await avatars.upload('a.png'); await files.download('a'); },
});
