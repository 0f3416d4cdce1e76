// The shown runs side by side: the settings that differ, and what came of each, against the baseline with intervals.
import type { ReactNode } from 'react';
import { formatValue, groupThousands } from '../../charts/scales.ts';
import { ALGORITHM_IDS, type Experiment } from '../../experiment/experiment.ts';
import { differingSettings } from '../../state/pins-differences.ts';
import {
  type Difference,
  difference,
  isLowerBetter,
  type Measure,
  measuresOf,
  ownInterval,
} from '../../state/pins-measures.ts';
import { COMPARE_WORDS as words } from '../../words/compare.ts';
import { labelOf } from '../labels.ts';
import type { Compared } from './use-compared.ts';

function Heads({ first, compared }: { readonly first: string; readonly compared: readonly Compared[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {compared.map(({ letter, title, isBaseline }) => (
          <th key={letter} scope="col" title={title}>
            {letter === '' ? title : letter}
            {isBaseline ? <span className="quiet"> {words.baselineMark}</span> : null}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A wide table scrolls by itself, also with the keyboard. */
function Scrolled({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse.
    <section className="compare-scroll" tabIndex={0} aria-label={name}>
      {children}
    </section>
  );
}

export function SettingsTable({ compared }: { readonly compared: readonly Compared[] }) {
  const rows = differingSettings(compared.map(({ experiment }) => experiment));
  if (rows.length === 0) return <p className="quiet">{words.noDifference}</p>;
  return (
    <Scrolled name={words.compareTitle}>
      <table className="data-table number">
        <Heads first={words.setting} compared={compared} />
        <tbody>
          {rows.map(({ key, label, symbol, unit, values }) => (
            <tr key={key}>
              <th scope="row">
                {symbol === '' ? null : <span className="symbol">{symbol} </span>}
                {label}
                {unit === '' ? null : <span className="quiet"> {unit}</span>}
              </th>
              {compared.map(({ letter }, i) => (
                <td key={letter}>{values[i] ?? words.noEffect}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

/** "−0.12" with a true minus and a plus where it is one. */
function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${formatValue(value)}`;
}

function DifferenceText({ difference: d }: { readonly difference: Difference }) {
  const verdict = words.verdicts[d.verdict];
  const isClear = d.verdict === 'better' || d.verdict === 'worse';
  return (
    <span className="compare-difference">
      <span>
        {signed(d.centre)}
        {d.over === null ? null : (
          <>
            {' '}
            [{signed(d.centre - d.halfWidth)}, {signed(d.centre + d.halfWidth)}]
          </>
        )}
      </span>
      <span className={isClear ? 'verdict clear' : 'verdict quiet'}>{verdict}</span>
    </span>
  );
}

/** "0.42 ± 0.05". */
function MeasureText({ measure, diverged }: { readonly measure: Measure; readonly diverged: string | null }) {
  const own = ownInterval(measure);
  const n = own?.over === 'seeds' ? measure.seeds?.length : measure.tasks?.n;
  return (
    <span className="compare-value">
      <span>
        {formatValue(measure.value)}
        {own === null ? null : ` ± ${formatValue(own.halfWidth)}`}
      </span>
      {own === null || n === undefined ? null : (
        <span className="quiet">{words.over(own.over, groupThousands(n))}</span>
      )}
      {diverged === null ? null : <span className="quiet">{diverged}</span>}
    </span>
  );
}

function measureName({ id }: Measure, experiment: Experiment): string {
  const { lab } = experiment;
  const table = words.measures[lab === 'sinusoid' || lab === 'reaching' ? lab : 'policy'];
  return table[id](lab === 'reaching' ? 0 : experiment.testInnerSteps);
}

function groupName(id: string): string {
  const algorithm = ALGORITHM_IDS.find((each) => each === id);
  return algorithm === undefined ? id.toUpperCase() : labelOf(algorithm);
}

function divergedOf({ seeds }: Compared, group: string): string | null {
  const found = seeds?.groups.find(({ id }) => id === group);
  return seeds === null || found === undefined || found.diverged === 0
    ? null
    : words.diverged(found.diverged, seeds.seeds.length);
}

/** "A 600, on the screen 1,000", where they are not the same. */
function iterationsApart(compared: readonly Compared[], all: readonly (readonly Measure[])[]): string | null {
  const at = all.map((measures) => measures[0]?.iteration ?? null);
  const known = at.filter((each) => each !== null);
  if (new Set(known).size < 2) return null;
  const list = compared.flatMap(({ letter, title }, i) => {
    const iteration = at[i];
    return iteration === null || iteration === undefined
      ? []
      : [`${letter === '' ? title.toLowerCase() : letter} ${groupThousands(iteration)}`];
  });
  return words.otherIterations(list.join(', '));
}

export function MeasuresTable({ compared }: { readonly compared: readonly Compared[] }) {
  const [first] = compared;
  const all = compared.map(measuresOf);
  if (first === undefined || all.every((measures) => measures.length === 0)) return null;
  const rows = new Map(all.flat().map((measure) => [`${measure.group} ${measure.id}`, measure]));
  const order = [...rows.values()].sort((a, b) => orderOf(a.group) - orderOf(b.group));
  const base = compared.findIndex(({ isBaseline }) => isBaseline);
  const lower = isLowerBetter(first.experiment);
  const { lab } = first.experiment;
  const foot =
    lab === 'sinusoid' ? words.footSinusoid : lab === 'reaching' ? words.footReaching : words.footPolicy;
  return (
    <>
      <Scrolled name={words.measuresTitle}>
        <table className="data-table number">
          <Heads first={words.measure} compared={compared} />
          <tbody>
            {order.map((row) => {
              const found = all.map((list) =>
                list.find((each) => each.group === row.group && each.id === row.id),
              );
              const baseline = found[base];
              return (
                <tr key={`${row.group} ${row.id}`}>
                  <th scope="row">
                    {groupName(row.group)}
                    <span className="quiet"> {measureName(row, first.experiment)}</span>
                  </th>
                  {compared.map((each, i) => {
                    const measure = found[i];
                    return (
                      <td key={each.letter}>
                        {measure === undefined ? (
                          words.noEffect
                        ) : (
                          <MeasureText measure={measure} diverged={divergedOf(each, row.group)} />
                        )}
                        {measure === undefined || baseline === undefined || i === base ? null : (
                          <DifferenceText difference={difference(measure, baseline, lower)} />
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolled>
      <p className="quiet">
        {base < 0 && compared.length > 1 ? `${words.chooseBaseline} ` : null}
        {iterationsApart(compared, all)} {foot}
      </p>
    </>
  );
}

/** Algorithms in their usual order; strategies, which are none, as they come. */
function orderOf(group: string): number {
  const ids: readonly string[] = ALGORITHM_IDS;
  return ids.indexOf(group);
}
