import { http } from './core/http';
import { Push } from './core/push';
import { report } from './core/report';

App<IAppOption>({
  globalData: { terms: 'https://terms.example.com/privacy' },
  onLaunch() {
    new Push('wss://push.example.com/v2').connect();
    http.get('/boot').catch(report);
  },
});
