using System.Runtime.InteropServices;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>Has Microsoft.Data.Sqlite use the operating system's SQLite, which the distribution patches, instead of one bundled with us.</summary>
internal static class SystemSqlite
{
    /// <summary>The shared library's name with the version of its interface, as every Linux distribution installs it.</summary>
    private const string LibraryName = "libsqlite3.so.0";

    /// <summary>The name that the provider's imports ask for.</summary>
    private const string ImportedName = "e_sqlite3";

    private static readonly Lazy<nint> Loaded = new(() =>
    {
        var library = Load(LibraryName);
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == ImportedName ? library : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return library;
    });

    /// <summary>Before the first connection of a process; later calls do nothing.</summary>
    public static void Use() => _ = Loaded.Value;

    public static nint Load(string name) => NativeLibrary.TryLoad(name, out var library)
        ? library
        : throw new DatabaseRefusedException($"SQLite's library {name} is not installed; install it with: apt-get install libsqlite3-0");
}
