using CloudLb.Core.Accounts;

namespace CloudLb.Core.Leases;

/// <summary>What a member has registered itself with, and holds as long as it registers again.</summary>
/// <param name="Member">Whose lease it is.</param>
/// <param name="Resource">The load balancer or target group, as logs name it.</param>
public sealed record LeasedRegistration(MemberKey Member, string Resource);
