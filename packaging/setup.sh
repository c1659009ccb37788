#!/usr/bin/env bash
# Make .venv with everything IPDesk needs. Asks nothing; does nothing when .venv is as it should be,
# so that later runs need no network. As root on Debian it installs what the system lacks.
set -euo pipefail
cd "$(dirname "$0")/.."

# What Qt's widgets, its xcb and its offscreen platform load, read with objdump from the wheel; each
# shared library stands before the Debian package that brings it (the rest come with these).
QT_LIBRARIES="libEGL.so.1            libegl1
libGL.so.1             libgl1
libX11-xcb.so.1        libx11-xcb1
libdbus-1.so.3         libdbus-1-3
libfontconfig.so.1     libfontconfig1
libglib-2.0.so.0       libglib2.0-0
libgssapi_krb5.so.2    libgssapi-krb5-2
libxcb-cursor.so.0     libxcb-cursor0
libxcb-icccm.so.4      libxcb-icccm4
libxcb-keysyms.so.1    libxcb-keysyms1
libxcb-randr.so.0      libxcb-randr0
libxcb-shape.so.0      libxcb-shape0
libxcb-sync.so.1       libxcb-sync1
libxcb-xfixes.so.0     libxcb-xfixes0
libxcb-xkb.so.1        libxcb-xkb1
libxkbcommon-x11.so.0  libxkbcommon-x11-0
libxkbcommon.so.0      libxkbcommon0"

fail() { # a sentence in Chinese, the same in English
    printf '%s\n%s\n' "$1" "$2" >&2
    exit 2
}

fits() { # run it: a pyenv shim may be on the path and lead nowhere
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

makes_venvs() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; } # Debian's python3 alone does not

find_python() { # print the first that fits, one that makes virtualenvs before one that does not
    local candidate fitting=""
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do
        fits "$candidate" || continue
        makes_venvs "$candidate" && echo "$candidate" && return
        fitting=${fitting:-$candidate}
    done
    echo "$fitting"
}

missing_for_python() { # print the Debian packages
    local python
    python=$(find_python)
    if [ -z "$python" ]; then
        echo python3 python3-venv
    elif ! makes_venvs "$python"; then
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    fi
}

missing_for_qt() { # print the Debian packages
    local known library package
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    while read -r library package; do
        case "$known" in *"$library "*) ;; *) echo "$package" ;; esac
    done <<<"$QT_LIBRARIES"
}

install_packages() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        fail "缺少系统软件包，请让管理员运行：apt-get install $*" \
            "System packages are missing; ask an administrator to run: apt-get install $*"
    fi
    echo "安装系统软件包 Installing system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null || true # an old list may still do
    apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null ||
        fail "系统软件包没有装成，请联网后运行：apt-get install $*" \
            "System packages could not be installed; go online and run: apt-get install $*"
}

fingerprint() { # of what decides what .venv holds; its own path too, for the scripts in it name that
    { cat requirements/dev.txt && pwd; } | sha256sum | cut -d' ' -f1
}

is_ready() { [ "$(cat .venv/ready 2>/dev/null)" = "$(fingerprint)" ] && .venv/bin/python -c '' 2>/dev/null; }

make_venv() {
    local python
    python=$(find_python)
    [ -n "$python" ] || fail "没有找到可用的 Python，请先安装 Python 3.11、3.12 或 3.13。" \
        "No usable Python was found; install Python 3.11, 3.12 or 3.13 first."
    echo "准备运行环境 Preparing .venv with $("$python" --version) …"
    if [ -L .venv ]; then rm .venv; fi # a link leads to somebody else's, and --clear would empty that
    "$python" -m venv --clear .venv
    local pip=(.venv/bin/python -m pip install -qq --no-input --disable-pip-version-check)
    "${pip[@]}" --require-hashes --only-binary :all: --requirement requirements/dev.txt ||
        fail "依赖的软件包没有装成，请检查网络后重试。" \
            "The packages IPDesk depends on could not be installed; check the network and try again."
    "${pip[@]}" --no-deps --no-build-isolation --editable .
    fingerprint >.venv/ready
}

missing=$(missing_for_qt)
is_ready || missing="$missing $(missing_for_python)"
# shellcheck disable=SC2086 # the names are words on purpose
[ -z "${missing// /}" ] || install_packages $missing
is_ready || make_venv
