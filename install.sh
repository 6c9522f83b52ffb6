#!/bin/sh
# Builds ReviewGate, installs it, and runs it on a real repository.
set -eu

usage() {
  cat <<'END'
usage: ./install.sh [--into DIR]... [--no-apt] [REPOSITORY]
       ./install.sh --uninstall [--into DIR]...
       ./install.sh --needs-only [--no-apt]

Installs what is missing to build (libgit2-dev, pkg-config, git, binutils, g++) and to sign
(openssh-client), builds the program, puts it into ${PREFIX:-$HOME/.local}/bin, with completions
for bash, zsh and fish and the manual page below share/, and runs `reviewgate check` on
REPOSITORY (otherwise on the last DIR, otherwise on this checkout).

  --into DIR    also install the hooks into the repository DIR
  --no-apt      install no packages; say what is missing instead
  --needs-only  install packages and stop
  --uninstall   take away the program and the hooks that this script installed

PREFIX=/usr/local ./install.sh, as root, installs for everybody.

Exit status: 0 installed, and the check passed or blocked; 2 or more installed, but the check
could not decide (its own status); 1 not installed; 64 usage.
END
}

say() { printf '==> %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
die() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}
misuse() {
  printf 'install.sh: %s\n' "$*" >&2
  usage >&2
  exit 64
}

# The absolute path of a directory that exists.
absolute() {
  case $1 in
    *"
"*) die "a path with a line break cannot be remembered: $1" ;;
  esac
  (CDPATH='' cd -- "$1" 2>/dev/null && pwd -P) || die "no such directory: $1"
}

# Packages ------------------------------------------------------------------------------------

# Whether what a Debian package brings is here, from wherever it came.
have() {
  case $1 in
    libgit2-dev) pkg-config --exists libgit2 2>/dev/null && return ;;
    openssh-client) command -v ssh-keygen >/dev/null 2>&1 && return ;;
    binutils) command -v ld >/dev/null 2>&1 && return ;;
    g++) has_headers && return ;;
    *) command -v "$1" >/dev/null 2>&1 && return ;;
  esac
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Whether the toolchain's own compiler finds the headers of C and C++, which it does not bring.
has_headers() {
  command -v clang++ >/dev/null 2>&1 || return 0
  printf '#include <vector>\n#include <stdlib.h>\n' |
    clang++ -x c++ -fsyntax-only - >/dev/null 2>&1
}

needed='libgit2-dev pkg-config git openssh-client binutils g++'

missing_packages() {
  # openssh-client signs reviews; nothing that decides runs it.
  for package in $needed; do
    have "$package" || printf ' %s' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    note "$*"
    "$@"
  else
    note "sudo $*"
    sudo "$@"
  fi
}

install_packages() {
  missing=$(missing_packages)
  if [ -z "$missing" ]; then
    say "Packages: $needed are here"
    need_libgit2
    return
  fi
  if [ "$apt" = no ] || ! command -v apt-get >/dev/null 2>&1; then
    die "missing:$missing (Debian's names). Install them with your package manager, then run this again."
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
    die "missing:$missing. There is no sudo here; as root: apt-get update && apt-get install -y --no-install-recommends$missing"
  fi
  say "Packages: installing$missing"
  as_root apt-get update || die "apt-get update failed; what went wrong is above."
  # The list is words of our own, meant to be split.
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing ||
    die "apt-get install failed; what went wrong is above."
  missing=$(missing_packages)
  [ -z "$missing" ] || die "still missing after the installation:$missing"
  need_libgit2
}

# An older one fails in the middle of the build, with words that help nobody.
need_libgit2() {
  pkg-config --atleast-version=1.5 libgit2 2>/dev/null ||
    die "libgit2 $(pkg-config --modversion libgit2 2>/dev/null) is too old, 1.5 is needed. Debian 12 and Ubuntu 24.04 have it."
}

# The toolchain -------------------------------------------------------------------------------

need_swift() {
  command -v swift >/dev/null 2>&1 ||
    die "there is no Swift toolchain (no \`swift\` in PATH). Install Swift 6.3 or newer from https://www.swift.org/install/linux/ and run this again."
  said=$(swift --version 2>&1) ||
    die "\`swift --version\` fails: $(printf '%s\n' "$said" | sed -n 1p)
    Packages that the toolchain needs: https://www.swift.org/install/linux/"
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p')
  major=${version%%.*}
  minor=${version#*.}
  if [ -n "$version" ] && [ "$((major * 1000 + minor))" -lt 6003 ]; then
    die "Swift $version is too old. Install Swift 6.3 or newer from https://www.swift.org/install/linux/ and run this again."
  fi
}

# Build and install ---------------------------------------------------------------------------

build() {
  say "Building (release; the first time takes several minutes)"
  cd "$here"
  # One file that needs no library, where Package.swift finds libgit2 as an archive.
  REVIEWGATE_LINK=static
  export REVIEWGATE_LINK
  set -- -c release --static-swift-stdlib --disable-local-rpath --product reviewgate
  note "swift build $*"
  swift build "$@" || die "the build failed; what went wrong is above."
  built=$(swift build "$@" --show-bin-path)/reviewgate
  [ -f "$built" ] || die "the build left no program at $built"
}

# Puts the program in place with one rename: a running copy is not disturbed.
install_program() {
  say "Installing $program"
  mkdir -p "$prefix/bin" "$prefix/share/reviewgate"
  temporary=$prefix/bin/.reviewgate.$$
  trap 'rm -f "$temporary"' EXIT
  trap 'exit 130' HUP INT TERM
  strip -o "$temporary" "$built" 2>/dev/null || cp -- "$built" "$temporary"
  chmod 755 "$temporary"
  mv -f -- "$temporary" "$program"
  trap - EXIT HUP INT TERM
  record file "$program"
  version=$("$program" --version) || die "$program does not start."
  note "reviewgate ${version#reviewgate }"
  case :$PATH: in
    *":$prefix/bin:"*) ;;
    *) note "$prefix/bin is not in PATH; add: export PATH=\"$prefix/bin:\$PATH\"" ;;
  esac
}

# What shells and man look for. The program works without, so nothing here ends the installation.
install_help() {
  say "Installing completions and the manual page below $prefix/share"
  for place in bash:bash-completion/completions/reviewgate zsh:zsh/site-functions/_reviewgate \
    fish:fish/vendor_completions.d/reviewgate.fish; do
    install_share "${place#*:}" "$program" --generate-completion-script "${place%%:*}"
  done
  install_share man/man1/reviewgate.1 cat "$here/docs/man/reviewgate.1"
}

# Puts the output of a command below share/.
install_share() {
  file=$prefix/share/$1
  shift
  if mkdir -p "$(dirname -- "$file")" && "$@" >"$file.new" && mv -f -- "$file.new" "$file"; then
    record file "$file"
  else
    rm -f -- "$file.new"
    note "$file could not be written; the program works without it."
  fi
}

# Remembers what --uninstall takes away, each thing once.
record() {
  if [ ! -f "$manifest" ] || ! grep -Fqx -- "$1 $2" "$manifest"; then
    printf '%s %s\n' "$1" "$2" >>"$manifest"
  fi
}

install_hooks() {
  say "Installing hooks into $1"
  # Recorded first, so that hooks of an interrupted run are found again.
  record hooks "$1"
  status=0
  "$program" -C "$1" install || status=$?
  if [ "$status" -ne 0 ]; then
    note "no hooks were installed into $1 (status $status); the reason is above."
    hooks_failed=yes
  fi
}

run_check() {
  say "reviewgate -C $1 check"
  status=0
  "$program" -C "$1" check || status=$?
  case $status in
    0) say "Installed. The check of $1 passed." ;;
    1)
      say "Installed. The check of $1 says: blocked."
      note "That is its answer about the changes there, not a failure of the installation."
      ;;
    *)
      say "Installed, but $1 could not be checked (status $status); the reason is above."
      note "That concerns this check and not the installation: $program is in place."
      [ "$status" -ne 2 ] ||
        note "A repository without another branch, for example, has nothing to compare with yet."
      exit "$status"
      ;;
  esac
}

# Uninstall -----------------------------------------------------------------------------------

remove_hooks() {
  if [ ! -d "$1" ]; then
    note "$1 is gone; there are no hooks to remove."
  elif LC_ALL=C git -C "$1" rev-parse --git-dir 2>&1 | grep -Fq 'not a git repository'; then
    note "$1 is not a repository any more; there are no hooks to remove."
  elif [ ! -x "$program" ]; then
    note "$program is gone already; the hooks in $1 say how to remove them."
  else
    say "Removing hooks from $1"
    "$program" -C "$1" uninstall || left="$left
    $1"
  fi
}

uninstall() {
  left=
  for_each_into remove_hooks
  if [ -f "$manifest" ]; then
    while IFS= read -r line <&3; do
      case $line in "hooks "*) remove_hooks "${line#hooks }" ;; esac
    done 3<"$manifest"
  fi
  # Without the program those hooks would block every commit.
  [ -z "$left" ] || die "the program stays, because hooks could not be removed from:$left"
  if [ ! -f "$manifest" ]; then
    say "Nothing is installed under $prefix."
    return
  fi
  while IFS= read -r line <&3; do
    case $line in
      "file "*)
        say "Removing ${line#file }"
        rm -f -- "${line#file }"
        remove_empty "$(dirname -- "${line#file }")"
        ;;
    esac
  done 3<"$manifest"
  rm -f -- "$manifest"
  rmdir -- "$prefix/share/reviewgate" 2>/dev/null || :
  note "Hooks that \`reviewgate install\` put elsewhere stay, and block until they are removed."
}

# Takes away the folders below share/ that nothing is in any more.
remove_empty() {
  folder=$1
  while :; do
    case $folder in "$prefix"/share/?*) rmdir -- "$folder" 2>/dev/null || break ;; *) break ;; esac
    folder=$(dirname -- "$folder")
  done
}

# Runs a function for every --into, in order; the list holds one path per line.
for_each_into() {
  [ -n "$into" ] || return 0
  while IFS= read -r directory <&4; do
    "$1" "$directory"
  done 4<<END
$into
END
}

# Arguments -----------------------------------------------------------------------------------

here=$(absolute "$(dirname -- "$0")")
apt=yes
action=install
into=
target=
repository=
while [ $# -gt 0 ]; do
  case $1 in
    --into)
      [ $# -ge 2 ] || misuse "--into needs a directory"
      target=$(absolute "$2")
      into="$into${into:+
}$target"
      shift
      ;;
    --no-apt) apt=no ;;
    --needs-only) action=needs ;;
    --uninstall) action=uninstall ;;
    -h | --help)
      usage
      exit
      ;;
    -*) misuse "unknown option $1" ;;
    *)
      [ -z "$repository" ] || misuse "one repository at most"
      repository=$(absolute "$1")
      ;;
  esac
  shift
done
target=${repository:-${target:-$here}}

if [ "$action" != needs ]; then
  prefix=${PREFIX:-${HOME:?is not set; set PREFIX}/.local}
  case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
  program=$prefix/bin/reviewgate
  manifest=$prefix/share/reviewgate/installed
fi
hooks_failed=no
# A caller that is itself a hook must not decide which repository is meant.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX

case $action in
  uninstall) uninstall ;;
  needs)
    need_swift
    install_packages
    ;;
  install)
    need_swift
    install_packages
    build
    install_program
    install_help
    for_each_into install_hooks
    run_check "$target"
    [ "$hooks_failed" = no ] || exit 1
    ;;
esac
