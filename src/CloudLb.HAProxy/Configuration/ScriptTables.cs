namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// HAProxy shows scripts every proxy and server there is, in tables that it makes when it starts, in each thread's state and in one that
/// all share. Nothing of ours looks at them, and in a full cell they are 2 of 13 MiB (2.6.12; newer ones make none before they are asked
/// for).
/// </summary>
internal static class ScriptTables
{
    /// <summary>Lets go of them; a file of its own, as every state reads it, and <see cref="ScriptText"/> those of threads alone.</summary>
    public const string Script = """
        core.register_init(function()
          core.proxies, core.frontends, core.backends = nil, nil, nil
          collectgarbage()
        end)

        """;

    /// <summary>Not where the operator has scripts, which may look.</summary>
    public static void WriteGlobal(ConfigText text, CommonSettings settings)
    {
        if (!settings.GlobalText.Contains("lua", StringComparison.OrdinalIgnoreCase) && settings.Templates is not { HasScripts: true })
        {
            text.Line("lua-load").Quoted(settings.TablesFile);
            text.Line("lua-load-per-thread").Quoted(settings.TablesFile);
        }
    }
}
