using System.Runtime.InteropServices;

namespace CloudLb.Server.Startup;

/// <summary>What the C library keeps of memory for SQLite, OpenSSL and the runtime itself.</summary>
internal static class NativeHeap
{
    /// <summary>Gives what is free in it back to the system; nothing where the C library cannot.</summary>
    public static void GiveBack()
    {
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Musl, which keeps nothing to speak of.
        }
    }

    /// <summary><c>malloc_trim(3)</c> of glibc, which goes through all of its arenas.</summary>
    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int Trim(nuint kept);
}
