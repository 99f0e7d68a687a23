import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AppFolder } from './app-folder.js';
import { readJsonIn, textsByName } from './app-folder.js';
import type { ComponentDefinition } from './component-definition.js';
import { createInstance, type Instance, type InstanceStage } from './instance.js';
import { datasetOf, isShown, listenerOf, propertiesOf, viewTagsOf, type ViewTag } from './view-tags.js';

/** The components below a page, or below one of them. */
export interface ComponentTree {
  /** Makes those that the view names; `attached` is called. */
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
}

interface Element {
  readonly tag: ViewTag;
  instance: Instance | undefined;
  tree: ComponentTree | undefined;
}

/** No view has so many tags of its own; one that was generated may. */
const MAX_ELEMENTS = 300;

/** Makes the tree of an owner; nothing is in it yet. */
export function createComponentTree(owner: Owner, source: ComponentSource): ComponentTree {
  const elements = elementsOf(owner, source);
  let isReady = false;

  const data = () => owner.instance().data();
  const make = (element: Element) => {
    const { tag } = element;
    const found = source.definitionAt(tag.name, owner.base);
    if (!found || owner.chain.includes(found.base)) return;
    const trigger = (name: string, detail: unknown, options?: { readonly bubbles?: boolean }) => {
      const listener = listenerOf(tag, name);
      const target = { id: tag.attributes['id'] ?? '', dataset: datasetOf(tag, data()) };
      if (listener !== undefined)
        owner.instance().call(listener, { type: name, timeStamp: 0, target, currentTarget: target, mark: {}, detail });
      if (options?.bubbles === true) owner.above?.(name, detail);
    };
    const instance: Instance = createInstance(found.definition, source, {
      properties: propertiesOf(tag, data()),
      changed: () => element.tree?.update(),
      members: {
        ...source.commonMembers(),
        is: found.base,
        id: tag.attributes['id'] ?? '',
        dataset: datasetOf(tag, data()),
        triggerEvent: (name: string, detail: unknown = {}, options?: { readonly bubbles?: boolean }) =>
          trigger(name, detail, options),
        selectOwnerComponent: () => owner.instance().self,
        selectComponent: (selector: string) => element.tree?.select(selector)[0]?.self ?? null,
        selectAllComponents: (selector: string) => (element.tree?.select(selector) ?? []).map((one) => one.self),
        ...source.pageMembers,
      },
    });
    element.instance = instance;
    element.tree = createComponentTree(
      { base: found.base, instance: () => instance, above: trigger, chain: [...owner.chain, found.base] },
      source,
    );
    instance.lifetime('created');
    element.tree.attach();
    instance.lifetime('attached');
    if (isReady) readyOf(element);
  };
  const readyOf = ({ instance, tree }: Element) => {
    tree?.ready();
    instance?.lifetime('ready');
  };
  const remove = (element: Element) => {
    const { instance, tree } = element;
    [element.instance, element.tree] = [undefined, undefined];
    instance?.lifetime('detached');
    tree?.detach();
  };

  return {
    attach: () => elements.filter(({ tag }) => isShown(tag, data())).forEach(make),
    update: () => {
      for (const element of elements) {
        const shown = isShown(element.tag, data());
        if (element.instance && shown) element.instance.setProperties(propertiesOf(element.tag, data()));
        else if (element.instance) remove(element);
        else if (shown && element.tag.attributes['wx:if'] !== undefined) make(element);
      }
    },
    ready: () => {
      isReady = true;
      elements.forEach(readyOf);
    },
    detach: () => elements.forEach(remove),
    pageLifetime: (name, ...args) => {
      for (const { instance, tree } of elements) {
        instance?.pageLifetime(name, ...args);
        tree?.pageLifetime(name, ...args);
      }
    },
    select: (selector) =>
      elements.flatMap(({ tag, instance }) => {
        const classes = (tag.attributes['class'] ?? '').split(/\s+/);
        const isMeant = [`#${tag.attributes['id'] ?? ''}`, tag.name, ...classes.map((name) => `.${name}`)].includes(
          selector.trim(),
        );
        return instance && isMeant ? [instance] : [];
      }),
  };
}

/** Those that the view names; without a view, one of each that the JSON names. */
function elementsOf({ base }: Owner, { app }: ComponentSource): Element[] {
  const own = textsByName(readJsonIn(dirname(base), `${base.slice(dirname(base).length + 1)}.json`)['usingComponents']);
  const names = new Set(Object.keys({ ...app.config.usingComponents, ...own }));
  if (names.size === 0) return [];
  const view = `${base}.wxml`;
  const tags = existsSync(view)
    ? viewTagsOf(readFileSync(view, 'utf8'), names)
    : Object.keys(own).map((name) => ({ name, attributes: {} }));
  return tags.slice(0, MAX_ELEMENTS).map((tag) => ({ tag, instance: undefined, tree: undefined }));
}
