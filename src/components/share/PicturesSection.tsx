// Every chart on the page as a picture or as numbers.
import { useEffect, useState } from 'react';
import { shareWords as words } from '../../words/share.ts';
import { CHART_FORMATS, type ChartFormat, saveChart } from '../chart/chart-files.ts';
import { type ChartSource, shownCharts } from '../chart/chart-list.ts';

const LOOK_MS = 500;

export function PicturesSection() {
  const [charts, setCharts] = useState(shownCharts);
  // Opened before the first painting: the charts come in a moment.
  useEffect(() => {
    if (charts.length > 0) return;
    const timer = setInterval(() => setCharts(shownCharts()), LOOK_MS);
    return () => clearInterval(timer);
  }, [charts]);
  const [failed, setFailed] = useState<string | null>(null);
  const save = async (chart: ChartSource, format: ChartFormat) => {
    setFailed((await saveChart(chart, format)) ? null : chart.title);
  };
  return (
    <section aria-labelledby="share-pictures">
      <h3 id="share-pictures">{words.picturesHead}</h3>
      <p>{words.picturesAbout}</p>
      {charts.length === 0 ? <p className="quiet">{words.noCharts}</p> : null}
      <ul className="share-charts">
        {charts.map((chart) => (
          <li key={chart.title}>
            <span>{chart.title}</span>
            {CHART_FORMATS.map((format) => (
              <button
                key={format}
                type="button"
                aria-label={words.save(format, chart.title)}
                onClick={() => void save(chart, format)}
              >
                {format.toUpperCase()}
              </button>
            ))}
          </li>
        ))}
      </ul>
      <p role="status">{failed === null ? null : words.saveFailed(failed)}</p>
    </section>
  );
}
