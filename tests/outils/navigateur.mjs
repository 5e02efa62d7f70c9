// Unpack the browser that the package @sparticuz/chromium carries, with its libraries and a font.
// node navigateur.mjs FOLDER
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const unfinished = `${folder}.${process.pid}`;
await mkdir(unfinished, { recursive: true });
process.env.TMPDIR = unfinished; // where the package unpacks

const require = createRequire(import.meta.url);
const packed = join(dirname(require.resolve("@sparticuz/chromium")), "..", "bin");
const { inflate } = await import("@sparticuz/chromium");
const parts = ["chromium", "al2023.tar", "fonts.tar", "swiftshader.tar"];
await Promise.all(parts.map((part) => inflate(join(packed, `${part}.br`))));
await writeFile(
  join(unfinished, "fonts", "fonts.conf"),
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>
`,
);
await rm(folder, { recursive: true, force: true });
await rename(unfinished, folder);
