using System.Net;
using CloudLb.Core;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using Microsoft.Extensions.Logging;

namespace CloudLb.HAProxy.Front;

/// <summary>Ports of shared addresses as far as nobody else has them.</summary>
internal sealed partial class FreePorts(ILogger logger)
{
    private readonly Dictionary<int, string> _faults = [];

    /// <summary>Whether all could be had that were looked for.</summary>
    public bool AreAllFree => _faults.Count == 0;

    /// <summary>The port where it can be had; null, told once, where not.</summary>
    /// <param name="port">The port.</param>
    /// <param name="held">Where the process listens that is to have it.</param>
    public FrontPort? Find(FrontPort port, IReadOnlyList<IPEndPoint> held)
    {
        var free = port.Addresses
            .Where(address => held.Contains(new(address, port.Number)) || BindTest.WhyNot(address, port.Number) is null)
            .ToEquatableArray();
        if (free.Contains(port.Addresses[0]))
        {
            _faults.Remove(port.Number);
            return port with { Addresses = free };
        }

        var fault = BindTest.WhyNot(port.Addresses[0], port.Number) ?? "";
        if (_faults.TryAdd(port.Number, fault))
        {
            LogNotShared(logger, port.Number, fault);
        }

        return null;
    }

    [LoggerMessage(5042, LogLevel.Warning, "Port {Port} of the shared address is not served: {Reason}")]
    private static partial void LogNotShared(ILogger logger, int port, string reason);
}
