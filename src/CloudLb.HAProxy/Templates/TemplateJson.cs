using System.Text.Json.Serialization;

namespace CloudLb.HAProxy.Templates;

/// <summary>How the files of <see cref="TemplateStore"/> are read and written.</summary>
[JsonSerializable(typeof(StoredTemplates))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TemplateJson : JsonSerializerContext;
