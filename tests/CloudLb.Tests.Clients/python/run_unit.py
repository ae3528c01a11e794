"""Runs a program as systemd would by a unit, where no systemd boots: run_unit.py UNIT StateDirectory=PATH RuntimeDirectory=PATH -- PROGRAM ARGUMENTS.

The unit itself is read, and a line that this program knows nothing of ends it. PROGRAM stands for that of ExecStart=: its folder is seen where the unit
looks for it, and ARGUMENTS must be the unit's. The directories stand for those below /var/lib and /run. Needs root, python3-seccomp and systemd-analyze.
"""
import ctypes
import errno
import os
import pwd
import resource
import subprocess
import sys
import tempfile

import seccomp

LIBC = ctypes.CDLL(None, use_errno=True)
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC, REMOUNT, BIND, MOVE, RECURSIVE, SLAVE = 1, 2, 4, 8, 32, 4096, 8192, 16384, 1 << 19
OPTIONS = {"nosuid": NO_SUID, "nodev": NO_DEVICES, "noexec": NO_EXEC}
NEW_NAMESPACES = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000 | 0x80
CAPABILITIES = {"CAP_NET_BIND_SERVICE": 10}
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16}
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")

# What the settings hide, as systemd.exec(5) has it.
READ_ONLY_BY = {
    "ProtectKernelTunables": ("/proc/sys", "/proc/fs", "/proc/irq", "/proc/bus", "/proc/sysrq-trigger", "/sys"),
    "ProtectControlGroups": ("/sys/fs/cgroup",),
}
HIDDEN_BY = {"ProtectHome": ("/home", "/root", "/run/user"), "ProtectKernelModules": ("/usr/lib/modules",)}

# Of no effect on what one process and its children can do, or there in every system call filter of libseccomp.
WITHOUT_EFFECT_HERE = {
    "KillMode": "process", "RuntimeDirectoryPreserve": "yes", "Restart": "always", "RemoveIPC": "no", "PrivateIPC": "no", "KeyringMode": "private",
    "RestartSec": "2", "OOMPolicy": "continue",
    "DevicePolicy": "closed", "SyslogIdentifier": "cloudlb", "SystemCallArchitectures": "native", "ProtectKernelLogs": "yes", "ProtectClock": "yes",
}


class Unit:
    def __init__(self, path):
        self.lines, section = {}, ""
        for line in map(str.strip, open(path, encoding="utf-8")):
            if line.startswith("["):
                section = line
            elif section == "[Service]" and line and line[0] not in "#;":
                name, value = line.split("=", 1)
                self.lines.setdefault(name, []).append(value)
        self.known = set()

    def all(self, name):
        self.known.add(name)
        return self.lines.get(name, [])

    def one(self, name, default=None):
        return self.all(name)[-1] if self.all(name) else default

    def has(self, name):
        return self.one(name) == "yes"

    def check_nothing_is_left(self):
        left = [name for name, values in self.lines.items() if name not in self.known and WITHOUT_EFFECT_HERE.get(name) != values[-1]]
        if left:
            sys.exit(f"run_unit.py does not know how to do {', '.join(left)}")


def call(outcome):
    if outcome != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def mount(source, target, kind=None, flags=0, data=None):
    call(LIBC.mount(source.encode(), target.encode(), kind and kind.encode(), ctypes.c_ulong(flags), data and data.encode()))


def bind(source, target, depth=RECURSIVE):
    mount(source, target, flags=BIND | depth)


def make_read_only(target, options=()):
    mount("", target, flags=REMOUNT | BIND | READ_ONLY | sum(OPTIONS.get(option, 0) for option in options))


def is_below(path, places):
    return any(path == place or path.startswith(place + "/") for place in places)


def mounts():
    """The last one at each place, and its options."""
    found = {}
    for line in open("/proc/self/mountinfo", encoding="utf-8"):
        fields = line.split()
        found[fields[4].replace("\\040", " ")] = fields[5].split(",")
    return found


def separate_file_systems(unit, program, directories):
    call(LIBC.unshare(0x00020000 | (0x04000000 if unit.has("ProtectHostname") else 0)))
    mount("", "/", flags=RECURSIVE | SLAVE)
    place = os.path.dirname(unit.one("ExecStart").split()[0])

    # The program, and the runtime that it needs wherever that is on this machine.
    runtime = os.path.dirname(os.path.realpath(subprocess.check_output(["which", "dotnet"], text=True).strip()))
    shown = {place: os.open(os.path.dirname(program), os.O_PATH), dotnet_of(unit): os.open(runtime, os.O_PATH)}
    mount("tmpfs", os.path.dirname(place), "tmpfs", data="mode=755")
    for target, source in shown.items():
        os.mkdir(target)
        bind(f"/proc/self/fd/{source}", target)

    for directory in directories.values():
        bind(directory, directory)
    if unit.one("ProtectSystem") == "strict":
        writable = ("/proc", "/sys", "/dev", *directories.values())
        for target, options in mounts().items():
            if not is_below(target, writable):
                make_read_only(target, options)

    if unit.has("PrivateDevices"):
        make_devices()
    if unit.one("ProtectProc"):
        mount("proc", "/proc", "proc", NO_SUID | NO_DEVICES | NO_EXEC, f"hidepid={unit.one('ProtectProc')}")
    for name, targets in READ_ONLY_BY.items():
        for target in filter(os.path.exists, targets if unit.has(name) else ()):
            bind(target, target)
            make_read_only(target)
    for name, targets in HIDDEN_BY.items():
        for target in filter(os.path.exists, targets if unit.has(name) else ()):
            mount("tmpfs", target, "tmpfs", READ_ONLY, "mode=000")
    os.chdir(unit.one("WorkingDirectory"))


def make_devices():
    new = tempfile.mkdtemp(dir="/dev/shm")
    mount("tmpfs", new, "tmpfs", NO_SUID | NO_EXEC, "mode=755")
    for name in DEVICES:
        open(os.path.join(new, name), "w", encoding="utf-8").close()
        bind(f"/dev/{name}", os.path.join(new, name), depth=0)
    for name in filter(lambda name: os.path.isdir(f"/dev/{name}"), ("shm", "pts", "mqueue")):
        os.mkdir(os.path.join(new, name))
        bind(f"/dev/{name}", os.path.join(new, name), depth=0)
    os.symlink("/proc/self/fd", os.path.join(new, "fd"))
    mount(new, "/dev", flags=MOVE)
    os.rmdir(new)


def limit(unit):
    for name, what in (("LimitNOFILE", resource.RLIMIT_NOFILE), ("LimitCORE", resource.RLIMIT_CORE)):
        most = resource.getrlimit(what)[1]  # Which a container's root may not raise.
        wanted = int(unit.one(name)) if most == resource.RLIM_INFINITY else min(int(unit.one(name)), most)
        resource.setrlimit(what, (wanted, wanted))
    os.umask(int(unit.one("UMask"), 8))


def become(unit, user):
    kept = {CAPABILITIES[name] for name in unit.one("CapabilityBoundingSet", "").split()}
    ambient = {CAPABILITIES[name] for name in unit.one("AmbientCapabilities", "").split()}
    last = int(open("/proc/sys/kernel/cap_last_cap", encoding="utf-8").read())
    for capability in set(range(last + 1)) - kept:
        call(LIBC.prctl(24, capability, 0, 0, 0))  # PR_CAPBSET_DROP
    call(LIBC.prctl(8, 1, 0, 0, 0))  # PR_SET_KEEPCAPS
    os.setgroups([])
    os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
    os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
    bits = sum(1 << capability for capability in ambient)
    call(LIBC.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(bits, bits, bits, 0, 0, 0)))
    for capability in ambient:
        call(LIBC.prctl(47, 2, capability, 0, 0))  # PR_CAP_AMBIENT_RAISE
    if unit.has("NoNewPrivileges"):
        call(LIBC.prctl(38, 1, 0, 0, 0))


def members(sets):
    """The system calls of systemd's sets, and of those that they consist of."""
    found = set()
    while sets:
        lines = subprocess.check_output(["systemd-analyze", "syscall-filter", sets.pop()], text=True).splitlines()[1:]
        names = {line.strip() for line in lines if line.strip() and not line.strip().startswith("#")}
        sets += [name for name in names if name.startswith("@")]
        found |= {name for name in names if not name.startswith("@")}
    return found


def filters(unit):
    """One that refuses by what is asked for, then the one that names all that is allowed."""
    refused, denied = seccomp.SyscallFilter(seccomp.ALLOW), seccomp.ERRNO(errno.EPERM)
    if unit.one("RestrictAddressFamilies"):
        families = {FAMILIES[name] for name in unit.one("RestrictAddressFamilies").split()}
        unknown = seccomp.ERRNO(errno.EAFNOSUPPORT)
        for family in set(range(max(families) + 1)) - families:
            refused.add_rule(unknown, "socket", seccomp.Arg(0, seccomp.EQ, family))
        refused.add_rule(unknown, "socket", seccomp.Arg(0, seccomp.GT, max(families)))
    if unit.has("RestrictNamespaces"):
        refused.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
        refused.add_rule(denied, "setns")
        for bit in (1 << number for number in range(32) if NEW_NAMESPACES >> number & 1):
            for name in ("clone", "unshare"):
                refused.add_rule(denied, name, seccomp.Arg(0, seccomp.MASKED_EQ, bit, bit))
    if unit.has("RestrictRealtime"):
        refused.add_rule(denied, "sched_setscheduler", seccomp.Arg(1, seccomp.GT, 0))
    if unit.has("RestrictSUIDSGID"):
        for name, argument in (("chmod", 1), ("fchmod", 1), ("fchmodat", 2), ("mkdir", 1), ("mkdirat", 2)):
            for bit in (0o4000, 0o2000):
                refused.add_rule(denied, name, seccomp.Arg(argument, seccomp.MASKED_EQ, bit, bit))
    if unit.has("LockPersonality"):
        refused.add_rule(denied, "personality", seccomp.Arg(0, seccomp.NE, 0xFFFFFFFF))

    names = set()
    for line in unit.all("SystemCallFilter"):
        named = members(line.lstrip("~").split())
        names = names - named if line.startswith("~") else names | named
    allowed = seccomp.SyscallFilter(seccomp.ERRNO(getattr(errno, unit.one("SystemCallErrorNumber"))))
    for name in sorted(names):
        try:
            allowed.add_rule(seccomp.ALLOW, name)
        except RuntimeError:
            pass  # Newer than libseccomp.
    return refused, allowed


def dotnet_of(unit):
    """Beside the program's folder; a published CloudLb brings its own."""
    return os.path.join(os.path.dirname(os.path.dirname(unit.one("ExecStart").split()[0])), "dotnet")


def user_of(unit):
    try:
        return pwd.getpwnam(unit.one("User"))
    except KeyError:
        return pwd.getpwnam("nobody")


def main():
    unit, dashes = Unit(sys.argv[1]), sys.argv.index("--")
    directories, command = dict(word.split("=", 1) for word in sys.argv[2:dashes]), sys.argv[dashes + 1:]
    start, user = unit.one("ExecStart").split(), user_of(unit)
    if command[1:] != start[1:]:
        sys.exit(f"the unit runs {start}, not {command}")
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG") or name.startswith("CloudLb__")}
    environment |= {"HOME": user.pw_dir, "USER": user.pw_name, "LOGNAME": user.pw_name, "DOTNET_ROOT": dotnet_of(unit)}
    for name, variable in (("StateDirectory", "STATE_DIRECTORY"), ("RuntimeDirectory", "RUNTIME_DIRECTORY")):
        if unit.one(name):
            os.makedirs(directories[name], exist_ok=True)
            os.chown(directories[name], user.pw_uid, user.pw_gid)
            os.chmod(directories[name], int(unit.one(f"{name}Mode"), 8))
            environment[variable] = directories[name]

    refused, allowed = filters(unit)
    separate_file_systems(unit, command[0], directories)
    limit(unit)
    become(unit, user)
    unit.check_nothing_is_left()
    refused.load()
    allowed.load()
    os.execve(start[0], start, environment)


main()
