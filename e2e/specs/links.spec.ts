// Links: the same one gives the same run, a bad one gives a list and a usable lab.
import { expect, test } from '../fixtures.ts';
import { Lab, linkTo } from '../pages/lab.ts';

const ALGORITHMS = ['maml', 'fomaml', 'reptile', 'rmaml'] as const;

test('the address in a second page gives the same first 100 losses, bit for bit', async ({
  lab,
  context,
}) => {
  await lab.open(linkTo({ seed: 42, supportSize: 7 }));
  await lab.reach(100, 'rmaml');
  const address = lab.page.url();
  expect(address).toContain('seed=42');
  const second = new Lab(await context.newPage());
  await second.open(address);
  await second.reach(1, 'rmaml');
  // The race may end otherwise on a busy machine; bit for bit holds on one engine.
  const engine = await lab.engine();
  if (engine && (await second.engine()) !== engine) await second.startOn(engine);
  await second.reach(100, 'rmaml');
  expect(await second.engine()).toBe(engine);
  for (const algorithm of ALGORITHMS) {
    expect((await second.losses(algorithm)).slice(0, 100), algorithm).toEqual(
      (await lab.losses(algorithm)).slice(0, 100),
    );
  }
});

test('another seed gives another run', async ({ lab, context }) => {
  await lab.open(linkTo({ seed: 1, algorithms: 'maml' }));
  await lab.reach(5);
  const second = new Lab(await context.newPage());
  await second.open(linkTo({ seed: 2, algorithms: 'maml' }));
  await second.reach(5);
  expect((await second.losses()).slice(0, 5)).not.toEqual((await lab.losses()).slice(0, 5));
});

const BAD_LINKS: readonly [name: string, fragment: string, said: RegExp][] = [
  ['truncated', '#v=1&lab=sinusoid&preset=sinusoid-live&seed=3&innerLea', /innerLea/],
  ['newer', '#v=9&lab=sinusoid&preset=sinusoid-live&seed=3', /newer version/],
  ['with a bad value', '#v=1&lab=sinusoid&preset=sinusoid-live&seed=3&supportSize=banana', /banana/],
  ['with an unknown setting', '#v=1&lab=sinusoid&preset=sinusoid-live&seed=3&wormhole=1', /wormhole/],
  ['hostile', '#v=1&lab=sinusoid&preset=<img src=x onerror=alert(1)>&__proto__=1&seed=1e99', /__proto__/],
  ['of a damaged compressed form', '#z=AAAA_not-deflate', /damaged/],
  ['too long', `#v=1&lab=sinusoid&preset=sinusoid-live&seed=${'9'.repeat(9000)}`, /8,?000/],
];

for (const [name, fragment, said] of BAD_LINKS) {
  test(`a link ${name}: a list of what was wrong and a usable lab`, async ({ lab }) => {
    await lab.open(`./${fragment}`);
    await expect(lab.notices).toContainText(said);
    // Nothing heavy starts by itself.
    expect(await lab.iterations()).toBe(0);
    await lab.runButton.click();
    await lab.reach(10);
  });
}

test('the address follows a setting, in canonical order, and undo takes it back', async ({ lab, page }) => {
  await lab.open('./#supportSize=5&seed=3&preset=sinusoid-live&lab=sinusoid&v=1');
  const field = page.getByRole('spinbutton', { name: 'Inner learning rate', exact: true });
  await field.fill('0.02');
  await field.press('Enter');
  await expect(page).toHaveURL(
    /#v=1&lab=sinusoid&preset=sinusoid-live&seed=3&innerLearningRate=0\.02&supportSize=5$/,
  );
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page).toHaveURL(/#v=1&lab=sinusoid&preset=sinusoid-live&seed=3&supportSize=5$/);
});
