using System.Net;

namespace CloudLb.Tests.DataPlanes;

/// <summary>Addresses that no other test of this run, and hardly one of another, has.</summary>
internal static class Loopback
{
    private static readonly int Run = 100 + (Environment.ProcessId % 150);
    private static int _last;

    public static IPAddress Next()
    {
        var number = Interlocked.Increment(ref _last);
        return new IPAddress([127, (byte)Run, (byte)(number / 250), (byte)((number % 250) + 1)]);
    }
}
