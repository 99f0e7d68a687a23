import { basename } from 'node:path';
import * as parser from '@swirly/parser';
import * as renderer from '@swirly/renderer-node';
import * as dark from '@swirly/theme-default-dark';
import * as light from '@swirly/theme-default-light';
import { docMarbles } from './doc-marbles.js';
import { slimSvg } from './slim-svg.js';
import { inPicture, swirlySpec } from './swirly-spec.js';

interface Spec {
  readonly content: { readonly kind: string; duration: number }[];
}

// Their own types refer to a package that is not published.
const parse = parser.parseMarbleDiagramSpecification as (text: string) => Spec;
const render = renderer.renderMarbleDiagram as (spec: Spec, options: object) => { readonly xml: string };

/** Small enough to stand in a column of a page, on whatever ground that has; adjacent values do not overlap. */
const COMPACT = {
  background_color: 'transparent',
  operator_fill_color: 'none',
  canvas_padding: 2,
  frame_width: 18,
  event_radius: 10,
  event_value_font_size: 13,
  completion_height: 26,
  error_size: 14,
  operator_height: 30,
  operator_title_font_size: 14,
  operator_spacing: 2,
  stream_spacing: 6,
  stream_title_font_size: 14,
  stream_title_width: 70,
};

export const THEMES = {
  light: { ...(light.lightStyles as object), ...COMPACT },
  dark: { ...(dark.darkStyles as object), ...COMPACT },
};
export type Theme = keyof typeof THEMES;

/** The name of the operator whose file it is: `limit-concurrency.ts` → `limitConcurrency`. */
export function operatorOf(file: string): string {
  return basename(file, '.ts').replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}

/** Draws the diagram in the first doc block of an operator's file that has one. */
export function drawDiagram(file: string, theme: Theme): string {
  const lines = docMarbles(file);
  const spec = parse(swirlySpec(operatorOf(file), lines));
  const streams = spec.content.filter(({ kind }) => kind === 'S');
  // Swirly ends a stream at its last event; a doc block says how long nothing comes.
  const { sources, results } = inPicture(lines);
  [...sources, ...results].forEach(({ marbles }, index) => {
    const stream = streams[index];
    if (stream && marbles.endsWith('-')) stream.duration = Math.max(stream.duration, marbles.length - 1);
  });
  return slimSvg(render(spec, { styles: THEMES[theme] }).xml);
}
