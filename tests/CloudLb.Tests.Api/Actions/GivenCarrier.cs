using CloudLb.Core.Traffic.Reconciliation;

namespace CloudLb.Tests.Api.Actions;

/// <summary>A machine that can carry datagrams, until it is told that it cannot.</summary>
internal sealed class GivenCarrier : IDatagramCarrier
{
    public string? Fault { get; set; }

    public Task<string?> WhyNotAsync(CancellationToken cancellationToken) => Task.FromResult(Fault);
}
