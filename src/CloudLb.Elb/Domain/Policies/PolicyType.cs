using CloudLb.Core;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>What kinds of policy there are, and which attributes each has.</summary>
public sealed record PolicyType(string Name, string Description, EquatableArray<PolicyAttributeType> Attributes);
