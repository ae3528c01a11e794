namespace CloudLb.Core.Traffic.Planning;

/// <summary>Which member of a pool it is: one target can be a member on several ports.</summary>
/// <param name="Target">What is registered: letters, digits and <c>-_.:</c>, at most 240 of them.</param>
/// <param name="Port">Where it takes traffic, 1 to 65535.</param>
public readonly record struct MemberId(string Target, int Port) : IComparable<MemberId>
{
    public int CompareTo(MemberId other)
    {
        var order = string.CompareOrdinal(Target, other.Target);
        return order != 0 ? order : Port.CompareTo(other.Port);
    }

    public override string ToString() => $"{Target} on port {Port}";
}
