namespace CloudLb.Core.SignIns;

/// <summary>The actions by which clients are signed in. Answers from memory; from any thread.</summary>
public interface ISignIns
{
    /// <summary>Whether there is any.</summary>
    bool AreAny { get; }

    /// <summary>Null when no action has that gate.</summary>
    SignIn? Find(string id);
}
