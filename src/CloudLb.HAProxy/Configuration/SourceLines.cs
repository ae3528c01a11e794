using CloudLb.Core;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Who may connect to a listener. Others are cut off before a byte of theirs is read, and before a TLS handshake.</summary>
internal static class SourceLines
{
    private const string List = "allowed_source";

    /// <param name="text">What they are added to.</param>
    /// <param name="allowed">The networks; null: all.</param>
    /// <param name="isShared">Whether connections come by the front, too.</param>
    public static void Write(ConfigText text, EquatableArray<string>? allowed, bool isShared = false)
    {
        if (allowed is not { } networks)
        {
            return;
        }

        WriteList(text, List, networks);
        if (networks.Count == 0)
        {
            text.Line("tcp-request").Constant("connection reject");
        }
        else if (isShared)
        {
            SharedLines.WriteSources(text, List);
        }
        else
        {
            text.Line("tcp-request").Constant($"connection reject unless {List}");
        }
    }

    /// <summary>The networks as a condition of this name; none at all where there are none.</summary>
    public static void WriteList(ConfigText text, string name, EquatableArray<string> networks)
    {
        // A line for each network: HAProxy takes at most 64 words a line, and lines of one name are alternatives.
        foreach (var network in networks)
        {
            text.Line("acl").Name(name).Word("src").Word(network);
        }
    }
}
