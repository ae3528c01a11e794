using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Applied;

/// <summary>What is done to heads from the plan to what is written, and back.</summary>
internal static class AppliedHeadMapping
{
    private static readonly PlannedHttp Usual = new() { DesyncMitigation = DesyncMitigation.Defensive };

    /// <summary>Null for what is usual.</summary>
    public static AppliedHeads? ToHeads(this PlannedHttp http) =>
        http with { DesyncMitigation = Usual.DesyncMitigation, IsTraced = Usual.IsTraced } == Usual ? null : new()
        {
            ForwardedFor = http.ForwardedFor == Usual.ForwardedFor ? null : http.ForwardedFor.ToString(),
            TellsClientPort = http.TellsClientPort,
            DropsInvalidHeaders = http.DropsInvalidHeaders,
            AdjustsHost = http.AdjustsHost,
            ClientKeepAlive = http.ClientKeepAlive,
            ResponseHeaders = http.ResponseHeaders.Count > 0
                ? [.. http.ResponseHeaders.SelectMany(header => new[] { header.Name, header.Value })]
                : null,
            HidesServer = http.HidesServer,
            ClientHeaders = http.ClientHeaders.Count > 0
                ? [.. http.ClientHeaders.SelectMany(header => new[] { header.Name, header.Part.ToString() })]
                : null,
            ForgeableHeaders = http.ForgeableHeaders.Count > 0 ? [.. http.ForgeableHeaders] : null,
            IsHttp2 = http.IsHttp2,
            ClientFacts = http.ClientFacts.Count > 0
                ? [.. http.ClientFacts.SelectMany(fact => new[] { fact.What.ToString(), fact.Header })]
                : null,
        };

    public static PlannedHttp With(this PlannedHttp http, AppliedHeads? heads) => heads is null ? http : http with
    {
        ForwardedFor = heads.ForwardedFor is { } name ? Enum.Parse<ForwardedFor>(name) : Usual.ForwardedFor,
        TellsClientPort = heads.TellsClientPort,
        DropsInvalidHeaders = heads.DropsInvalidHeaders,
        AdjustsHost = heads.AdjustsHost,
        ClientKeepAlive = heads.ClientKeepAlive,
        ResponseHeaders = (heads.ResponseHeaders ?? []).Chunk(2).Select(pair => new PlannedHeader(pair[0], pair[1])).ToEquatableArray(),
        HidesServer = heads.HidesServer,
        ClientHeaders = (heads.ClientHeaders ?? []).Chunk(2)
            .Select(pair => new PlannedClientHeader(pair[0], Enum.Parse<ClientCertificatePart>(pair[1])))
            .ToEquatableArray(),
        ForgeableHeaders = (heads.ForgeableHeaders ?? []).ToEquatableArray(),
        IsHttp2 = heads.IsHttp2,
        ClientFacts = (heads.ClientFacts ?? []).Chunk(2)
            .Select(pair => new PlannedClientFact(Enum.Parse<ClientFact>(pair[0]), pair[1])).ToEquatableArray(),
    };
}
