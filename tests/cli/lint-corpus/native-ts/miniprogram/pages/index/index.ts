import { http } from '../../core/http';
import { Hosts } from '../../core/hosts';

type Link = 'https://terms.example.com' | 'https://other-type.example.com';

Page({
  data: { logo: `${Hosts.Assets}/logo.png`, link: 'https://terms.example.com' as Link },
  async onLoad() {
    await http.get<{ items: string[] }>('/items', { size: 20 });
  },
});
