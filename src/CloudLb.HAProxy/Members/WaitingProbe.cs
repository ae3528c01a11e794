using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Members;

/// <summary>A member that waits for its first probe.</summary>
/// <param name="Checks">Where the answer goes.</param>
/// <param name="Name">The member.</param>
/// <param name="Member">Where it is.</param>
/// <param name="Probe">How it is checked.</param>
internal sealed record WaitingProbe(MemberChecks Checks, MemberName Name, PlannedMember Member, PlannedProbe Probe);
