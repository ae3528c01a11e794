namespace CloudLb.HAProxy.Configuration;

/// <summary>What HAProxy runs in Lua, where its rules do not see enough: one file, which every process reads when it starts.</summary>
internal static class ScriptText
{
    /// <summary>All of it.</summary>
    public const string All = OwnAnswerLines.Script + NoAnswerLines.Script + ClientHeaderLines.Script;
}
