import { canShowLive, openScreen } from '../terminal/screen.js';

const FRAME_MS = 100;

/** Whether acts are drawn, and not told line by line. */
export function isLive(json: boolean): boolean {
  return !json && canShowLive(process.stdout, process.env);
}

/** Draws an act over and over while it runs. Before its first frame there may be none. */
export async function drawn<Result>(
  frame: () => readonly string[] | undefined,
  run: () => Promise<Result>,
): Promise<Result> {
  const screen = openScreen(process.stdout);
  const draw = () => {
    const lines = frame();
    if (lines) screen.draw(lines);
  };
  const frames = setInterval(draw, FRAME_MS);
  try {
    const result = await run();
    draw();
    return result;
  } finally {
    clearInterval(frames);
    screen.close();
  }
}
