using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>A request as raw bytes, what class AWS's classifier puts it in, and what becomes of it here in each mode.</summary>
internal sealed record DesyncCase
{
    /// <summary>To the instance and answered; both connections stay.</summary>
    public const string Routed = "routed";

    /// <summary>To the instance and answered; both connections end.</summary>
    public const string Closed = "closed";

    /// <summary>To the instance and answered; the client's connection ends.</summary>
    public const string ClientClosed = "client closed";

    /// <summary>Answered with this status; no instance gets it, and the client's connection ends.</summary>
    public const string Refused = "400";

    public required string Name { get; init; }

    public required DesyncClass Class { get; init; }

    public required byte[] Bytes { get; init; }

    public required string Monitor { get; init; }

    public required string Defensive { get; init; }

    public required string Strictest { get; init; }

    /// <summary>The number of the reason in the document, where it is not as at AWS.</summary>
    public int? Reason { get; init; }

    /// <summary>Refused by the parser of HAProxy 3.0 in every mode, and not by that of 2.6.</summary>
    public bool IsRefusedByNewer { get; init; }

    /// <summary>As AWS's modes treat the class.</summary>
    public static DesyncCase Of(DesyncClass of, string name, string request) => new()
    {
        Name = name,
        Class = of,
        Bytes = (request.Any(character => character > 0xff) ? Encoding.UTF8 : Encoding.Latin1).GetBytes(request),
        Monitor = Routed,
        Defensive = of switch { DesyncClass.Ambiguous => Closed, DesyncClass.Severe => Refused, _ => Routed },
        Strictest = of == DesyncClass.Compliant ? Routed : Refused,
    };

    public string Expected(DesyncMitigation mode, bool isNewer) => isNewer && IsRefusedByNewer ? Refused : mode switch
    {
        DesyncMitigation.Monitor => Monitor,
        DesyncMitigation.Strictest => Strictest,
        _ => Defensive,
    };

    /// <summary>The parser refuses it before any rule can say otherwise.</summary>
    public DesyncCase IsRefused() => But(Refused, Refused, Refused, 1);

    /// <summary>The parser refuses it unless invalid requests are accepted.</summary>
    public DesyncCase IsRefusedUnlessInvalidIsAccepted() => But(Routed, Refused, Refused, 2);

    /// <summary>The parser makes it a clean request before any rule sees what it was.</summary>
    public DesyncCase IsTidied(string outcome = Routed) => But(outcome, outcome, outcome, outcome == Routed ? 3 : 4);

    /// <summary>Without a version HAProxy reads no headers either, and ends the client's connection.</summary>
    public DesyncCase HasNoVersion() => But(ClientClosed, Refused, Refused, 6);

    public DesyncCase But(string monitor, string defensive, string strictest, int reason) =>
        this with { Monitor = monitor, Defensive = defensive, Strictest = strictest, Reason = reason };

    public DesyncCase RefusedByNewer() => this with { IsRefusedByNewer = true };
}
