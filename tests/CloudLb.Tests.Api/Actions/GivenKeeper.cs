using CloudLb.Core.Traffic.Reconciliation;

namespace CloudLb.Tests.Api.Actions;

/// <summary>A machine that cannot keep clients' addresses, until it is told that it can.</summary>
internal sealed class GivenKeeper : IClientAddressKeeper
{
    public const string Off = "the setting is off";

    public string? WhyNot { get; set; } = Off;
}
