using CloudLb.Core;
using CloudLb.HAProxy.Files;

namespace CloudLb.HAProxy.Front;

/// <summary>
/// Sockets of listeners that are gone. They are removed when no process is left that could give its own to a next one: there the socket
/// would be taken over, and nobody could find it.
/// </summary>
internal sealed class GoneSockets(HAProxyDirectory shared, TimeProvider clock)
{
    // Since when.
    private readonly Dictionary<string, TimeSpan> _gone = [];

    public bool IsEmpty => _gone.Count == 0;

    /// <param name="plan">What is led to.</param>
    /// <param name="oldestProcess">When the first of the processes was started that serve it, by the steady time.</param>
    public void Delete(FrontPlan plan, TimeSpan oldestProcess)
    {
        var sockets = shared.FrontSockets;
        var used = plan.Routes.Select(route => sockets.Of(route.Listener)).ToHashSet();
        foreach (var socket in _gone.Keys.Where(used.Contains).ToList())
        {
            _gone.Remove(socket);
        }

        foreach (var socket in sockets.All().Where(socket => !used.Contains(socket)))
        {
            if (_gone.TryAdd(socket, clock.GetSteadyTime()) || _gone[socket] >= oldestProcess)
            {
                continue;
            }

            File.Delete(socket);
            _gone.Remove(socket);
        }
    }
}
