#!/usr/bin/env python3
"""Writes model/generated/ anew: one compiled model for each shipped spec and for the specs of the tests.

regenerate.py [--check] [--program PATH]

With --check nothing is written: it fails, with the command to run, if what is committed is not what the
compiler writes now.
"""
import argparse
import filecmp
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
GENERATED = ROOT / "model/generated"


def specs():
    """The files to compile: all specs that stand directly in spec/, and those of the tests."""
    return sorted((ROOT / "spec").glob("*.gms")) + sorted((ROOT / "model/tests").glob("*.gir"))


def compile_spec(program, spec, folder):
    run = subprocess.run([program, "compile", spec.relative_to(ROOT), "--emit", "cpp", "-o", folder],
                         cwd=ROOT, text=True, capture_output=True)
    if run.returncode != 0:
        sys.exit(f"regenerate: {spec.relative_to(ROOT)} does not compile:\n{run.stderr}")
    sources = sorted(path for path in folder.iterdir() if path.suffix in (".h", ".cpp"))
    # The style file is found from the project's folder, not from where the files are.
    subprocess.run(["clang-format", "-i", f"--style=file:{ROOT / '.clang-format'}", *sources], check=True)


def differences(fresh, committed):
    names = {path.name for path in fresh.iterdir()} | (
        {path.name for path in committed.iterdir()} if committed.is_dir() else set())
    return sorted(name for name in names
                  if not (fresh / name).is_file() or not (committed / name).is_file()
                  or not filecmp.cmp(fresh / name, committed / name, shallow=False))


def registry(names):
    """models.cpp: the list of all compiled models."""
    includes = "".join(f'#include "model/generated/{name}/model.h"\n' for name in names)
    rows = "".join(f"    {{{name}::kDigest, {name}::make_model}},\n" for name in names)
    return f"""// All compiled models. Written by tools/regenerate.py.
#include "model/generated/models.h"

{includes}
namespace gms::model {{
namespace {{

constexpr CompiledSpec kSpecs[] = {{
{rows}}};

}}  // namespace

std::span<const CompiledSpec> compiled_specs() {{
  return kSpecs;
}}

}}  // namespace gms::model
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only tell whether it is up to date")
    parser.add_argument("--program", default=ROOT / "build/release/bin/gmemspec", help="the compiler")
    options = parser.parse_args()
    program = pathlib.Path(options.program).resolve()

    stale = []
    with tempfile.TemporaryDirectory() as temporary:
        wanted = set()
        for spec in specs():
            fresh, committed = pathlib.Path(temporary) / spec.stem, GENERATED / spec.stem
            wanted.add(spec.stem)
            compile_spec(program, spec, fresh)
            changed = differences(fresh, committed)
            stale += [f"{spec.stem}/{name}" for name in changed]
            if options.check:
                continue
            committed.mkdir(parents=True, exist_ok=True)
            for name in changed:  # files that are the same keep their times
                if (fresh / name).is_file():
                    shutil.copyfile(fresh / name, committed / name)
                else:
                    (committed / name).unlink()
        models = GENERATED / "models.cpp"
        text = subprocess.run(["clang-format", f"--assume-filename={models}"], input=registry(sorted(wanted)),
                              text=True, capture_output=True, check=True).stdout
        if not models.is_file() or models.read_text() != text:
            stale.append("models.cpp")
            if not options.check:
                models.write_text(text)
        for folder in sorted(GENERATED.iterdir()):
            if folder.is_dir() and folder.name not in wanted:
                stale.append(folder.name + "/")
                if not options.check:
                    shutil.rmtree(folder)
    if options.check and stale:
        sys.exit("model/generated is not what the compiler writes now: " + ", ".join(stale[:10])
                 + (f" and {len(stale) - 10} more" if len(stale) > 10 else "")
                 + "\nrun: ninja -C build/release regenerate")
    print("model/generated: " + (", ".join(stale) + " renewed" if stale else "up to date"))


if __name__ == "__main__":
    main()
