namespace CloudLb.HAProxy.Naming;

/// <summary>A server as commands and events name it: <c>backend/server</c>.</summary>
/// <param name="Pool">The backend's name, from <see cref="ProxyName"/>.</param>
/// <param name="Instance">The instance id.</param>
internal readonly record struct MemberName(string Pool, string Instance)
{
    /// <summary>Reads the spelling of <see cref="ToString"/>; neither part can contain a slash.</summary>
    public static bool TryParse(string text, out MemberName name)
    {
        var slash = text.IndexOf('/');
        name = slash > 0 ? new(text[..slash], text[(slash + 1)..]) : default;
        return slash > 0 && slash < text.Length - 1;
    }

    public override string ToString() => $"{Pool}/{Instance}";
}
