namespace CloudLb.Tools.Calling;

/// <summary>What requests are signed with.</summary>
internal sealed record AccessKey(string Id, string Secret, string? Token = null)
{
    /// <summary>Keeps the secret out of messages.</summary>
    public override string ToString() => Id;
}
