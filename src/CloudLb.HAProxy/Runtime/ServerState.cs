using System.Net;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Runtime;

/// <summary>What a process says of one server.</summary>
internal sealed record ServerState
{
    public required MemberName Name { get; init; }

    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    /// <summary>Whether it is spoken to over TLS.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Where it is checked, at its own address.</summary>
    public int CheckPort { get; init; }

    /// <summary>Whether it is checked, and at its own address.</summary>
    public bool IsChecked { get; init; } = true;

    public required bool IsUp { get; init; }

    /// <summary>Takes no new connections, by command.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>Takes only clients whose cookie names it, by command: nothing that we tell it.</summary>
    public bool IsInDrain { get; init; }

    public int Weight { get; init; } = 1;

    /// <summary>What the configuration says that it weighs; null where that is the same.</summary>
    public int? ConfiguredWeight { get; init; }

    /// <summary>While down: how many checks in a row have passed.</summary>
    public int Health { get; init; }

    /// <summary>Has been checked, or was taken over from a process in which it had been.</summary>
    public bool IsSeen { get; init; }

    /// <summary>Whether the last check passed; null before the first.</summary>
    public bool? HasPassed { get; init; }
}
