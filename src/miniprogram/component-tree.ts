import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AppFolder } from './app-folder.js';
import { readJsonIn, TAB_BAR, textsByName } from './app-folder.js';
import type { ComponentDefinition } from './component-definition.js';
import { createInstance, type Instance, type InstanceStage } from './instance.js';
import { scopesOf } from './view-scopes.js';
import type { ViewScripts } from './view-scripts.js';
import { datasetOf, isSelected, listenerOf, propertiesOf, viewTagsOf, type ViewTag } from './view-tags.js';

/** The components below a page, or below one of them. */
export interface ComponentTree {
  /** Makes those that the view names; `created` is called. */
  readonly create: () => void;
  /** `attached` is called, of each before of those in it. */
  readonly attach: () => void;
  /** Gives new values to them, when the owner's data has changed. */
  readonly update: () => void;
  readonly ready: () => void;
  readonly detach: () => void;
  readonly pageLifetime: (name: string, ...args: unknown[]) => void;
  /** What `selectComponent` finds: by id, class, or name. */
  readonly select: (selector: string) => Instance[];
}

/** Where components come from. */
export interface ComponentSource extends InstanceStage {
  readonly app: AppFolder;
  /** Runs a component's script. `base` is its path without an ending; nothing where it is a plugin's, or not there. */
  readonly definitionAt: (
    name: string,
    caller: string,
  ) => { readonly base: string; readonly definition: ComponentDefinition } | undefined;
  /** Members that pages and components have alike. */
  readonly commonMembers: () => Record<string, unknown>;
  readonly pageMembers: Readonly<Record<string, unknown>>;
  readonly viewScripts: ViewScripts;
}

/** Whoever has components below it. */
export interface Owner {
  /** The path of its files without an ending; absolute. */
  readonly base: string;
  readonly instance: () => Instance;
  /** Hears what bubbles further. */
  readonly above?: ((name: string, detail: unknown) => void) | undefined;
  /** The components that it is in, so that one which names itself comes to an end. */
  readonly chain: readonly string[];
  /** What `getTabBar` gives, where the app draws its own. */
  readonly tabBar?: (() => object | null) | undefined;
}

interface Element {
  readonly tag: ViewTag;
  /** As many as the loops around it make. */
  readonly made: Made[];
  /** A plugin's, or not there: it is not asked for again. */
  isGone: boolean;
}

interface Made {
  scope: object;
  isAttached: boolean;
  readonly instance: Instance;
  readonly tree: ComponentTree;
}

/** No view has so many tags of its own; one that was generated may. */
const MAX_ELEMENTS = 300;

/** Makes the tree of an owner; nothing is in it yet. */
export function createComponentTree(owner: Owner, source: ComponentSource): ComponentTree {
  const { elements, modules } = viewOf(owner, source);
  const hasModules = Object.keys(modules).length > 0;
  let isAttached = false;
  let isReady = false;
  const all = () => elements.flatMap(({ tag, made }) => made.map((one) => ({ tag, one })));

  const make = (element: Element, scope: object) => {
    const { tag } = element;
    const found = source.definitionAt(tag.name, owner.base);
    if (!found || owner.chain.includes(found.base)) {
      element.isGone = true;
      return;
    }
    const id = () => tag.attributes['id'] ?? '';
    const trigger = (name: string, detail: unknown, options?: { readonly bubbles?: boolean }) => {
      const listener = listenerOf(tag, name);
      const target = { id: id(), dataset: datasetOf(tag, made.scope) };
      if (listener !== undefined)
        owner.instance().call(listener, { type: name, timeStamp: 0, target, currentTarget: target, mark: {}, detail });
      if (options?.bubbles === true) owner.above?.(name, detail);
    };
    // eslint-disable-next-line prefer-const -- the members look at it when they are called
    let tree: ComponentTree | undefined;
    const instance: Instance = createInstance(found.definition, source, {
      properties: propertiesOf(tag, scope),
      changed: () => tree?.update(),
      members: {
        ...source.commonMembers(),
        is: found.base,
        id: id(),
        dataset: datasetOf(tag, scope),
        triggerEvent: (name: string, detail: unknown = {}, options?: { readonly bubbles?: boolean }) =>
          trigger(name, detail, options),
        selectOwnerComponent: () => owner.instance().self,
        selectComponent: (selector: string) => tree?.select(selector)[0]?.self ?? null,
        selectAllComponents: (selector: string) => (tree?.select(selector) ?? []).map((one) => one.self),
        ...(owner.tabBar && { getTabBar: owner.tabBar }),
        ...source.pageMembers,
      },
    });
    tree = createComponentTree(
      {
        base: found.base,
        instance: () => instance,
        above: trigger,
        chain: [...owner.chain, found.base],
        tabBar: owner.tabBar,
      },
      source,
    );
    const made: Made = { scope, isAttached: false, instance, tree };
    element.made.push(made);
    instance.lifetime('created');
    tree.create();
    if (isAttached) attachOf(made);
    if (isReady) readyOf(made);
  };
  const attachOf = (made: Made) => {
    if (made.isAttached) return;
    made.isAttached = true;
    made.instance.lifetime('attached');
    made.tree.attach();
  };
  const readyOf = ({ instance, tree }: Made) => {
    tree.ready();
    instance.lifetime('ready');
  };
  const remove = ({ isAttached, instance, tree }: Made) => {
    if (isAttached) instance.lifetime('detached');
    tree.detach();
  };

  const update = () => {
    for (const element of elements) {
      if (element.isGone) continue;
      const { tag, made } = element;
      const data = owner.instance().data();
      const scopes = scopesOf(tag, hasModules ? { ...data, ...modules } : data);
      made.splice(scopes.length).forEach(remove);
      scopes.forEach((scope, at) => {
        const known = made[at];
        if (!known) {
          if (!element.isGone) make(element, scope);
          return;
        }
        known.scope = scope;
        known.instance.setProperties(propertiesOf(tag, scope));
      });
    }
  };

  return {
    create: update,
    attach: () => {
      isAttached = true;
      for (const { one } of all()) attachOf(one);
    },
    update,
    ready: () => {
      isReady = true;
      for (const { one } of all()) readyOf(one);
    },
    detach: () => elements.forEach(({ made }) => made.splice(0).forEach(remove)),
    pageLifetime: (name, ...args) => {
      for (const {
        one: { instance, tree },
      } of all()) {
        instance.pageLifetime(name, ...args);
        tree.pageLifetime(name, ...args);
      }
    },
    select: (selector) => all().flatMap(({ tag, one }) => (isSelected(tag, selector, one.scope) ? [one.instance] : [])),
  };
}

/** Those that the view names; without a view, one of each that the JSON names. */
function viewOf({ base, chain, tabBar }: Owner, { app, viewScripts }: ComponentSource) {
  const own = textsByName(readJsonIn(dirname(base), `${base.slice(dirname(base).length + 1)}.json`)['usingComponents']);
  const names = new Set(Object.keys({ ...app.config.usingComponents, ...own }));
  if (names.size === 0) return { elements: [], modules: {} };
  const inNoView = chain.length === 1 && tabBar ? [{ name: TAB_BAR, attributes: {} }] : [];
  const view = `${base}.wxml`;
  const wxml = statSync(view, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(view, 'utf8') : undefined;
  const tags =
    wxml === undefined ? Object.keys(own).map((name) => ({ name, attributes: {} })) : viewTagsOf(wxml, names);
  const elements = [...inNoView, ...tags.slice(0, MAX_ELEMENTS)].map((tag): Element => ({
    tag,
    made: [],
    isGone: false,
  }));
  const isUsed = wxml !== undefined && tags.length > 0;
  return { elements, modules: isUsed ? viewScripts.modulesOf(view, wxml) : {} };
}
