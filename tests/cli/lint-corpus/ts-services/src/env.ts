export enum Stage { Develop = 'develop', Trial = 'trial', Release = 'release' }
const hosts: Record<Stage, string> = {
  [Stage.Develop]: 'https://svc-dev.example.com',
  [Stage.Trial]: 'https://svc-trial.example.com',
  [Stage.Release]: 'https://svc.example.com',
};
export const stage = wx.getAccountInfoSync().miniProgram.envVersion as Stage;
export const host = hosts[stage];
export const domains = { file: 'https://svc-file.example.com', im: 'wss://svc-im.example.com' } as const;
