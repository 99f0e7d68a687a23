// A phone as bare as they come: the language up to ES2017, timers, `console` and a scripted `wx`, in virtual time. Runs
// inside the engine under test, in front of the modules and of the scenario, all three as one script. No host object
// gets in; what it found out is a text.
'use strict';

var clock = 0;
var lastTimer = 0;
var timers = [];
var trace = [];

function note(what) {
  trace.push(clock + ' ' + what);
}

function schedule(callback, delay, every) {
  var timer = { id: ++lastTimer, due: clock + Math.max(0, delay || 0), callback: callback, every: every };
  timers.push(timer);
  return timer.id;
}

function cancel(id) {
  timers = timers.filter(function (timer) {
    return timer.id !== id;
  });
}

function at(ms, action) {
  schedule(action, ms - clock);
}

/** Lets the next timer fire; `false` when there is none. The host runs the promises' jobs after each. */
function tick() {
  if (timers.length === 0) return false;
  var next = timers.reduce(function (first, timer) {
    return timer.due < first.due ? timer : first;
  });
  clock = next.due;
  if (next.every === undefined) cancel(next.id);
  else {
    next.due = clock + Math.max(1, next.every);
    // To the end, as those that are set anew.
    timers.push(timers.splice(timers.indexOf(next), 1)[0]);
  }
  next.callback();
  return true;
}

/** As on an older iPhone: each reaction is a timer. */
function PromiseByTimers(executor) {
  var state = 'pending';
  var value;
  var reactions = [];
  function settle(how, what) {
    if (state !== 'pending') return;
    if (how === 'fulfilled' && what && typeof what.then === 'function') {
      what.then(resolve, reject);
      return;
    }
    state = how;
    value = what;
    reactions.splice(0).forEach(function (reaction) {
      schedule(reaction, 0);
    });
  }
  function resolve(what) {
    settle('fulfilled', what);
  }
  function reject(what) {
    settle('rejected', what);
  }
  this.then = function (onFulfilled, onRejected) {
    return new PromiseByTimers(function (pass, fail) {
      function react() {
        var handler = state === 'fulfilled' ? onFulfilled : onRejected;
        if (typeof handler !== 'function') {
          (state === 'fulfilled' ? pass : fail)(value);
          return;
        }
        try {
          pass(handler(value));
        } catch (error) {
          fail(error);
        }
      }
      if (state === 'pending') reactions.push(react);
      else schedule(react, 0);
    });
  };
  try {
    executor(resolve, reject);
  } catch (error) {
    reject(error);
  }
}
PromiseByTimers.resolve = function (value) {
  return new PromiseByTimers(function (resolve) {
    resolve(value);
  });
};
PromiseByTimers.reject = function (error) {
  return new PromiseByTimers(function (_, reject) {
    reject(error);
  });
};

var showListeners = [];
var hideListeners = [];
var running = 0;

/** What a server answers, by path: `[after so many ms, data]`; what is not here never answers. */
var answers = {};

var scriptedWx = {
  request: function (option) {
    var path = option.url.replace(/^https:\/\/[^/]+/, '');
    var timer;
    note(option.method + ' ' + path + ' ' + option.responseType + ' ' + option.timeout);
    running++;
    if (running > 10) note('more than ten');
    var script = answers[path];
    if (script) {
      timer = schedule(function () {
        running--;
        option.success({
          data: script[1],
          statusCode: script[2] || 200,
          header: { 'Content-Type': 'application/json' },
          errMsg: 'request:ok',
        });
      }, script[0]);
    }
    return {
      abort: function () {
        running--;
        if (timer !== undefined) cancel(timer);
        note('abort ' + path);
        option.fail({ errMsg: 'request:fail abort' });
      },
    };
  },
  onAppShow: function (listener) {
    showListeners.push(listener);
  },
  onAppHide: function (listener) {
    hideListeners.push(listener);
  },
};

function show() {
  note('show');
  showListeners.forEach(function (listener) {
    listener();
  });
}

function hide() {
  note('hide');
  hideListeners.forEach(function (listener) {
    listener();
  });
}

/** Takes away what a phone might lack, and puts there what it has. */
function strip(root, language, modern, promiseByTimers) {
  var own = Object.getOwnPropertyNames(root);
  own.forEach(function (name) {
    if (OURS.indexOf(name) < 0 && language.indexOf(name) < 0) delete root[name];
  });
  modern.forEach(function (member) {
    var owner = member[0].split('.').reduce(function (object, name) {
      return object === undefined ? undefined : object[name];
    }, root);
    if (owner) delete owner[member[1]];
  });
  Date.now = function () {
    return clock;
  };
  if (promiseByTimers) root.Promise = PromiseByTimers;
  root.setTimeout = function (callback, delay) {
    return schedule(callback, delay);
  };
  root.setInterval = function (callback, delay) {
    return schedule(callback, delay, delay || 0);
  };
  root.clearTimeout = root.clearInterval = cancel;
  root.console = {
    warn: function (text) {
      note('warn ' + text);
    },
    log: note,
    error: note,
  };
  root.wx = scriptedWx;
}

/** The globals of this script itself. */
var OURS =
  'clock lastTimer timers trace note schedule cancel at tick PromiseByTimers showListeners hideListeners running answers ' +
  'scriptedWx show hide strip OURS MODULES loaded load resolve scenario undefined';

var loaded = {};
var MODULES = {};

/** As the platform looks for a module: beside the caller, else in miniprogram_npm, else from the top. */
function resolve(from, specifier) {
  var base = specifier[0] === '.' ? from.split('/').slice(0, -1) : ['miniprogram_npm'];
  var parts = base.slice();
  specifier.split('/').forEach(function (part) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  });
  var path = parts.join('/');
  var found = [path, path + '.js', path + '/index.js', specifier + '.js'].filter(function (candidate) {
    return MODULES[candidate];
  })[0];
  if (!found) throw new Error(from + ": module '" + specifier + "' is not defined");
  return found;
}

function load(from, specifier) {
  var path = resolve(from, specifier);
  if (!loaded[path]) {
    loaded[path] = { exports: {} };
    MODULES[path](
      function (id) {
        return load(path, id);
      },
      loaded[path],
      loaded[path].exports,
    );
  }
  return loaded[path].exports;
}
