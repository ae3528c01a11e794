using CloudLb.Core;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy;

/// <summary>What a data plane leaves behind outside its directory when it is killed, for whoever is to remove all of it.</summary>
public static class HAProxyRemains
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Ends all processes and removes what stands in for the directory elsewhere. The directory itself is left.</summary>
    /// <param name="dataDirectory">The server's, which no server uses.</param>
    /// <param name="clock">For the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HAProxyException">A process does not end.</exception>
    public static async Task RemoveAsync(string dataDirectory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var root = HAProxyDirectory.RootIn(dataDirectory);
        var since = clock.GetTimestamp();
        while (ProcessList.Under(root) is { Count: > 0 } processes)
        {
            if (clock.GetElapsedTime(since) > Patience)
            {
                throw new HAProxyException($"The HAProxy process {processes[0]} does not end, not even by SIGKILL.");
            }

            foreach (var processId in processes)
            {
                NativeMethods.Signal(processId, NativeMethods.SignalKill);
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }

        foreach (var elsewhere in HAProxyDirectory.Elsewhere(root))
        {
            PrivateDirectory.Remove(elsewhere);
        }
    }
}
