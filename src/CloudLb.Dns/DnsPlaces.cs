using System.Net;
using CloudLb.Core.Addresses;

namespace CloudLb.Dns;

/// <summary>Where names are answered.</summary>
/// <param name="All">Addresses and ports, for UDP and TCP alike.</param>
/// <param name="AreOurChoice">Whether nobody asked for them, so that CloudLb goes without where they are taken.</param>
public sealed record DnsPlaces(IReadOnlyList<IPEndPoint> All, bool AreOurChoice)
{
    /// <param name="options">The settings.</param>
    /// <param name="suffix">How names end.</param>
    /// <param name="isForTests">Whether the server keeps nothing, and takes no place that others may want.</param>
    public static DnsPlaces Of(DnsOptions options, string suffix, bool isForTests)
    {
        var isAtHome = !isForTests && options is { Enabled: true, Listen.Count: 0 } && LocalNames.IsOne(suffix);
        return isAtHome ? new([DnsOptions.AtHome], AreOurChoice: true) : new(options.Places, AreOurChoice: false);
    }
}
