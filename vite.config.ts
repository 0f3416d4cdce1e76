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

/** Modules of the settings that the page needs at once; messages of frames are not among them. */
function ofTheSettings(id: string): boolean {
  return /\/src\/(experiment\/(?!embed-messages)|words\/(fields-|presets-|rules|issues|language|numbers|lab-names)|math\/(elementary|rng))/.test(
    id,
  );
}

export default defineConfig({
  base: './',
  plugins: [kernels(), react(), documentLanguage(), builtPageOnly(), guide(), offlineCopy()],
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    // What the settings of all labs are is asked for by the page and by most of what comes later. Left to itself it is
    // cut into a dozen small files, which the page fetches all the same and which compress worse: by 4 kB.
    rollupOptions: {
      output: { advancedChunks: { groups: [{ name: 'settings', test: ofTheSettings }] } },
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
