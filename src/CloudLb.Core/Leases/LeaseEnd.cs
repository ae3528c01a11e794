using CloudLb.Core.Accounts;

namespace CloudLb.Core.Leases;

/// <summary>An instance was deregistered as its member had not registered again in time.</summary>
/// <param name="Member">Whose lease it was.</param>
/// <param name="Time">When.</param>
public sealed record LeaseEnd(MemberKey Member, DateTimeOffset Time);
