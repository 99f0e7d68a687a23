import { createListeners, type Listeners } from '../listeners.js';

/** Why the app was hidden: 0 the user left, 1 another mini program, 2 a native page, 3 other (discoveries/background.md). */
export type HideReason = 0 | 1 | 2 | 3;

/** What `onAppHide` tells. */
export interface HideOptions {
  reason?: HideReason;
}

/** What `onAppShow` tells: how the app was entered. */
export interface ShowOptions {
  path: string;
  query: Record<string, string>;
  scene: number;
  referrerInfo: { appId: string; extraData: Record<string, unknown> };
  forwardMaterials: { name: string; path: string; size: number; type: string }[];
  hostExtraData: { host_scene: string };
  apiCategory: 'default' | 'nativeFunctionalized' | 'browseOnly' | 'embedded' | 'chatTool';
}

/** `wx.onAppShow` and its like. `off…` without an argument removes all listeners (discoveries/environment.md). */
export interface AppEvents {
  onAppShow(listener: (options: ShowOptions) => void): void;
  // The official typings say that a listener to be removed takes an errMsg; this takes both sorts.
  offAppShow(listener?: (options: ShowOptions & { errMsg: string }) => void): void;
  onAppHide(listener: (options: HideOptions) => void): void;
  offAppHide(listener?: (options: HideOptions & { errMsg: string }) => void): void;
}

/** The events, and what sets them off. */
export interface AppEventSource {
  readonly api: AppEvents;
  readonly show: () => void;
  readonly hide: (reason: HideReason) => void;
}

/** How the app was entered. Each call gives a new object: an app may write into it. */
export function enteredWith(): ShowOptions {
  return {
    path: 'pages/index/index',
    query: {},
    scene: 1001,
    referrerInfo: { appId: '', extraData: {} },
    forwardMaterials: [],
    hostExtraData: { host_scene: '' },
    apiCategory: 'default',
  };
}

/** Makes the app events. They are told in the turn in which the app is hidden or shown. */
export function createAppEvents(): AppEventSource {
  const shows: Listeners<ShowOptions> = createListeners();
  const hides: Listeners<HideOptions> = createListeners();

  return {
    api: { onAppShow: shows.on, offAppShow: shows.off, onAppHide: hides.on, offAppHide: hides.off } as AppEvents,
    hide: (reason) => hides.emit({ reason }),
    show: () => shows.emit(enteredWith()),
  };
}
