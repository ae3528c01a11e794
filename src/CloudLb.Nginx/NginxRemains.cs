using CloudLb.Nginx.Files;
using CloudLb.Nginx.Machine;

namespace CloudLb.Nginx;

/// <summary>What a data plane leaves behind when it is killed, for whoever is to remove all of it.</summary>
public static class NginxRemains
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Ends all processes. The directory itself is left.</summary>
    /// <param name="dataDirectory">The server's, which no server uses.</param>
    /// <param name="clock">For the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NginxException">A process does not end.</exception>
    public static async Task RemoveAsync(string dataDirectory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var root = NginxDirectory.RootIn(dataDirectory);
        if (Directory.Exists(root) && !await NginxProcesses.EndAsync(root, NginxProcesses.SignalKill, Patience, clock, cancellationToken))
        {
            throw new NginxException("A process of nginx does not end, not even by SIGKILL.");
        }
    }
}
