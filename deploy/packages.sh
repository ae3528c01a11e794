# Sourced by deploy/run, tests/run and bench/run: finds out what is missing and installs it from the distribution.
# A caller names what it needs; nothing is installed that is there already.

say() { printf '%s\n' "$*"; }
stop() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# need PACKAGE COMMAND...: the package is missing unless the command succeeds.
missing_packages=""
need() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing_packages="$missing_packages $package"
}

has_command() { command -v "$1" || [ -x "/usr/sbin/$1" ]; }

# Installs what need() found missing, or says what to install when this user may not.
install_missing() {
    [ -n "$missing_packages" ] || return 0
    local as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            as_root=sudo
        else
            stop "missing:$missing_packages. Install them as root and run this again: apt-get install$missing_packages"
        fi
    fi
    command -v apt-get >/dev/null 2>&1 || stop "missing:$missing_packages, and there is no apt-get here. Install them by this system's own means and run this again."
    say "Installing$missing_packages ..."
    local log
    log=$(mktemp)
    if ! { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing_packages; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        stop "could not install$missing_packages. Install them by hand and run this again: apt-get install$missing_packages"
    fi
    rm -f "$log"
    missing_packages=""
}

need_dotnet() {
    command -v dotnet >/dev/null 2>&1 || stop "the .NET 10 SDK is missing. Install it (https://learn.microsoft.com/dotnet/core/install/linux) and run this again."
    dotnet --list-sdks | grep -q '^10\.' || stop "the .NET SDK here is not version 10: $(dotnet --list-sdks | tr '\n' ' '). Install version 10 and run this again."
}
