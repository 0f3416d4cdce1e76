// How the page is built: relative addresses (any sub-path), module workers, the security policy, the offline copy.
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { buildKernels, KERNEL_SOURCES } from './scripts/build-kernels.mjs';
import { CONTENT_SECURITY_POLICY, headersFile } from './scripts/csp.mjs';
import { guide } from './scripts/guide.mjs';
import { offlineCopy } from './scripts/offline/offline-copy.mjs';
import { WRITTEN_IN } from './src/words/language.ts';

/** Adds to the built page what the development server, whose hot reload is inline, must do without: the policy. */
function builtPageOnly(): Plugin {
  return {
    name: 'metascope-built-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
  };
}

/** Says what language the few words of index.html are in; the page itself says its own when it starts (App.tsx). */
function documentLanguage(): Plugin {
  return {
    name: 'metascope-document-language',
    transformIndexHtml: (html) => html.replace(/<html lang="[^"]*">/, `<html lang="${WRITTEN_IN}">`),
  };
}

/** Compiles what is written in AssemblyScript before anything imports them, and again when the development server sees an edit. */
function kernels(): Plugin {
  return {
    name: 'metascope-kernels',
    buildStart: () => {
      buildKernels();
    },
    configureServer: (server) => {
      server.watcher.add(KERNEL_SOURCES);
      server.watcher.on('change', (file) => {
        if (!KERNEL_SOURCES.some((folder) => file.startsWith(folder))) return;
        try {
          buildKernels();
          server.ws.send({ type: 'full-reload' });
        } catch (error) {
          server.config.logger.error(error instanceof Error ? error.message : String(error));
        }
      });
    },
  };
}

/**
 * What comes in one file, by the file's name: modules under src, without their endings; the first that fits. Left to itself
 * shared code is cut by who imports it, into three dozen files for a lab, half of them under 1 kB, which a visitor fetches
 * all the same and which compress worse. `null`: all else that the page needs at once. What a file's modules import comes
 * with them unless another file of the list has it: put first what more of the page needs. scripts/size-budget.mjs has the
 * sizes.
 */
const FILES: readonly (readonly [name: string, modules: RegExp | null])[] = [
  // What the settings of all labs are; messages of frames are not among it.
  [
    'settings',
    /^(experiment\/(?!embed-messages)|words\/(fields-|presets-|rules|issues|language|numbers|lab-names)|math\/(elementary|rng)$)/,
  ],
  ['page', null],
  // Labs and gallery: how a chart is drawn and set into the page.
  [
    'drawing',
    /^(charts\/(scales|palette|markers|text|draw-scene|scene)|words\/(names|chart-menu|charts\/frame)|components\/(lab-context|AlgorithmName|chart\/(SpokenSummary|ChartCanvas)|shell\/(NoticeStrip|AfterPaint)))$/,
  ],
  // Small things of labs and dialogs.
  ['chart-files', /^(charts\/table|components\/chart\/chart-files)$/],
  ['data-text', /^components\/(use-data-text|chart\/guess-layer)$/],
  [
    'parts',
    /^components\/(format|labels|chart\/chart-list|controls\/NumberInput|reading\/SymbolMark|transport\/scrub-scale)$/,
  ],
  // Labs and the gallery's drawings: what charts are made of.
  [
    'charts',
    /^(words\/charts\/published|charts\/(axes|hover|pinned-layer|series|labels|pointer|free-place|layer-cache|plane|published))$/,
  ],
  ['return-charts', /^(words\/)?charts\/return-(curve|adaptation)$/],
  // Labs that train, and what opens trained states.
  [
    'updates',
    /^(algorithms\/(adaptive-alpha|optimizers|run-shape|trpo|meta-rl\/outer-step)|models\/optimizer-state|math\/(linear-algebra|conjugate-gradient)|tasks\/navigation)$/,
  ],
  ['models', /^models\/(mlp-shape|activation|mlp-pass|gaussian-policy)$/],
  // All labs; those that train; those that train policies.
  [
    'lab',
    /^((words\/)?charts\/buffer-chart|components\/(Segments|chart\/(ChartMenu|ChartPanel)|pseudocode\/(PseudocodeList|use-walking-index)))$/,
  ],
  [
    'training',
    /^(charts\/(alpha-histogram|decimate|alpha-chart)|words\/(charts\/alpha-chart|before-run|pseudocode|transport)|components\/(chart\/(alpha-reader|BeforeRun)|transport\/.*|AlgorithmTabs|pseudocode\/(live-values|PseudocodePanel)|shell\/(StatusRegion|OpenedRunLine)))$/,
  ],
  [
    'policies',
    /^(components\/(chart\/ChartSlot|policy\/.*)|words\/policy|(words\/)?charts\/(outer-step|phase-seconds))$/,
  ],
];

/** @param id a module's path @returns the path under src without its ending; empty outside */
function underSource(id: string): string {
  return /\/src\/(.+)\.tsx?$/.exec(id)?.[1] ?? '';
}

export default defineConfig({
  base: './',
  plugins: [kernels(), react(), documentLanguage(), builtPageOnly(), guide(), offlineCopy()],
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      output: {
        codeSplitting: {
          groups: FILES.map(([name, modules], place) => ({
            name,
            priority: FILES.length - place,
            ...(modules === null
              ? { tags: ['$initial' as const] }
              : { test: (id: string) => modules.test(underSource(id)) }),
          })),
        },
      },
    },
  },
  // The worker's files lie apart, so that the size budget can tell the two graphs (scripts/size-budget.mjs).
  worker: {
    format: 'es',
    rollupOptions: {
      output: {
        entryFileNames: 'assets/worker/[name]-[hash].js',
        chunkFileNames: 'assets/worker/[name]-[hash].js',
      },
    },
  },
});
