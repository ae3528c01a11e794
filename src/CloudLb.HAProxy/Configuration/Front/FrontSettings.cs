using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What the configuration of the process at shared addresses is made of, besides ports and listeners.</summary>
internal sealed record FrontSettings
{
    public required int MaxConnections { get; init; }

    public required int Threads { get; init; }

    /// <summary>In which a client has to send its request, or the begin of its TLS.</summary>
    public required TimeSpan FirstRequestTimeout { get; init; }

    /// <summary>Where the process takes commands.</summary>
    public required string CommandSocket { get; init; }

    public required string HeaderNamesFile { get; init; }

    public required string ErrorFileDirectory { get; init; }

    /// <summary>What is answered where no listener does.</summary>
    public required PlannedAnswers Answers { get; init; }

    /// <summary>The listeners' sockets.</summary>
    public required FrontSockets Sockets { get; init; }

    /// <summary>The group of the user that the process becomes; null when it stays who it is.</summary>
    public uint? Group { get; init; }
}
