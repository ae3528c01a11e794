namespace CloudLb.HAProxy.Templates;

/// <summary>A template cannot be used: one sentence that names the file and says what to do.</summary>
internal sealed class TemplateException(string message) : Exception(message);
