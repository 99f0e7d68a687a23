import { createTurnCounter } from '../../src/testing/turn-counter.js';

it('counts each frame by itself', () => {
  let frame = 0;
  const countTurn = createTurnCounter('test', () => frame);
  const count = (turns: number) => {
    for (let turn = 0; turn < turns; turn++) countTurn();
  };

  count(200_000);
  frame = 1;
  count(200_000);

  expect(countTurn).toThrow(
    'test: 200000 turns at 1 ms and no end: something calls or schedules itself again without any delay; give it one',
  );
});
