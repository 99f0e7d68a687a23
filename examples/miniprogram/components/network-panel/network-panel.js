// A panel of the network, for develop and trial builds: shake the phone, or tap the dot. Put <network-panel /> on a page.
const { explain, records$, toHar } = require('rx-miniprogram/inspect');
const { network } = require('../../network');

const isReleased = wx.getAccountInfoSync().miniProgram.envVersion === 'release';

/** @type {readonly import('rx-miniprogram/inspect').NetworkRecord[]} */
let records = [];
/** @type {Set<() => void>} */
const panels = new Set();

// From the start of the app on, whichever page shows it: what was before the panel was opened is what one wants to see.
if (!isReleased) {
  records$(network, { keep: 100, everyMs: 300 }).subscribe((latest) => {
    records = latest;
    panels.forEach((show) => show());
  });
}

/** How hard a shake is, in g, and how long one lasts, in milliseconds. */
const SHAKE_G = 2.2;
const SHAKE_MS = 1_000;

Component({
  data: {
    isReleased,
    isOpen: false,
    /** @type {ReturnType<typeof rowOf>[]} */
    rows: [],
    sentence: '',
  },

  lifetimes: {
    attached() {
      if (isReleased) return;
      this.show = () => this.data.isOpen && this.setData({ rows: records.filter(isCall).map(rowOf).reverse() });
      panels.add(this.show);
      let shakenAt = 0;
      this.shaken = ({ x, y, z }) => {
        if (Math.hypot(x, y, z) < SHAKE_G || Date.now() - shakenAt < SHAKE_MS) return;
        shakenAt = Date.now();
        this.toggle();
      };
      wx.startAccelerometer({ interval: 'ui' });
      wx.onAccelerometerChange(this.shaken);
    },
    detached() {
      if (isReleased) return;
      panels.delete(this.show);
      wx.offAccelerometerChange(this.shaken);
      if (panels.size === 0) wx.stopAccelerometer({});
    },
  },

  methods: {
    toggle() {
      this.setData({ isOpen: !this.data.isOpen, sentence: '' });
      this.show();
    },
    explain({ currentTarget }) {
      const call = records.filter(isCall).find(({ id }) => id === currentTarget.dataset.id);
      if (call) this.setData({ sentence: explain(call, 'zh') });
    },
    copyHar() {
      wx.setClipboardData({ data: JSON.stringify(toHar(records)) });
    },
  },
});

function isCall({ kind }) {
  return kind === 'call';
}

/** @param {import('rx-miniprogram/inspect').CallRecord} call */
function rowOf(call) {
  const { id, method, url, status, outcome, error, durationMs, phases } = call;
  return {
    id,
    title: `${method} ${url.replace(/^https?:\/\/[^/]+/, '')}`,
    outcome,
    end: outcome === 'completed' ? String(status) : error ? error.code : outcome,
    ms: Math.round(durationMs),
    // The whole bar is the call, and its colours are where the time went.
    parts: Object.keys(phases)
      .filter((name) => phases[name] > 0)
      .map((name) => ({ name, percent: (phases[name] / durationMs) * 100 })),
  };
}
